/** Losses: the distance between outputs and targets, and its gradient. */
@NullMarked
package dev.descent.core.nn.loss;

import org.jspecify.annotations.NullMarked;
