/** Losses: how far outputs are from targets, and the gradient of that. */
@NullMarked
package dev.descent.core.nn.loss;

import org.jspecify.annotations.NullMarked;
