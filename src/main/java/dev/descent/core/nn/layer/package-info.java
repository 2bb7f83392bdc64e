/** Layers, each with its forward and backward pass, and the specifications that users write. */
@NullMarked
package dev.descent.core.nn.layer;

import org.jspecify.annotations.NullMarked;
