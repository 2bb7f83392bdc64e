/** Optimizers and schedules: from gradients to steps. */
@NullMarked
package dev.descent.core.nn.optimizer;

import org.jspecify.annotations.NullMarked;
