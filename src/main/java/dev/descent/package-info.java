/** The entry point of the service. */
@NullMarked
package dev.descent;

import org.jspecify.annotations.NullMarked;
