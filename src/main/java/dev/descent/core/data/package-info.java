/** Tables, encoders, splits and batches: everything from raw columns to the matrices that a network reads. */
@NullMarked
package dev.descent.core.data;

import org.jspecify.annotations.NullMarked;
