/** Figures of merit, computed from what was predicted and what is true alone. */
@NullMarked
package dev.descent.core.train.evaluate.metrics;

import org.jspecify.annotations.NullMarked;
