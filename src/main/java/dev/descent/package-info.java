/** Starts the service. */
@NullMarked
package dev.descent;

import org.jspecify.annotations.NullMarked;
