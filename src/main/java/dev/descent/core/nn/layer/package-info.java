/** Layers: forward and backward of each beside each other, and what users write to get them. */
@NullMarked
package dev.descent.core.nn.layer;

import org.jspecify.annotations.NullMarked;
