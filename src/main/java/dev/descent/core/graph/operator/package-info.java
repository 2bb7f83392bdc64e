/** The operators of computational graphs: each with its value and its local gradients. */
@NullMarked
package dev.descent.core.graph.operator;

import org.jspecify.annotations.NullMarked;
