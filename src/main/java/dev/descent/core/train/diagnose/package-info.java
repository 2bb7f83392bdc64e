/** Detects underfitting, overfitting and divergence from the losses. */
@NullMarked
package dev.descent.core.train.diagnose;

import org.jspecify.annotations.NullMarked;
