/** Problem details after RFC 9457: every error that the service answers with, under a stable type. */
@NullMarked
package dev.descent.problem;

import org.jspecify.annotations.NullMarked;
