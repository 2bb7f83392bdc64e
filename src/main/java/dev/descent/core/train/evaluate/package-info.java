/** Predictions of trained weights, and their quality. */
@NullMarked
package dev.descent.core.train.evaluate;

import org.jspecify.annotations.NullMarked;
