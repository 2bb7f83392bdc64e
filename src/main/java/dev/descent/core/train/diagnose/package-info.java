/** Underfitting, overfitting, divergence: read from the losses. */
@NullMarked
package dev.descent.core.train.diagnose;

import org.jspecify.annotations.NullMarked;
