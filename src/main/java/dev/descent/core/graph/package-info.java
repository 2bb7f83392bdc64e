/** A scalar computational graph: an expression in, values forward, gradients back; nodes under their textbook names. */
@NullMarked
package dev.descent.core.graph;

import org.jspecify.annotations.NullMarked;
