/** Tests of retention and erasure. */
@NullMarked
package dev.descent.retention;

import org.jspecify.annotations.NullMarked;
