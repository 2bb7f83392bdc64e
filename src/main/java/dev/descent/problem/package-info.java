/** Problem details according to RFC 9457: every error response of the service, under a stable type. */
@NullMarked
package dev.descent.problem;

import org.jspecify.annotations.NullMarked;
