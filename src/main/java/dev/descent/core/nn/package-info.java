/** Networks, and the layers, losses and optimizers they consist of. */
@NullMarked
package dev.descent.core.nn;

import org.jspecify.annotations.NullMarked;
