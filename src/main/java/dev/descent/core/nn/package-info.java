/** Layers, losses, optimizers and the networks they make up. */
@NullMarked
package dev.descent.core.nn;

import org.jspecify.annotations.NullMarked;
