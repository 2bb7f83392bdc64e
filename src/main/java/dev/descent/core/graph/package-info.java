/** Scalar computational graphs: evaluated forward, differentiated backward. Nodes have their textbook names. */
@NullMarked
package dev.descent.core.graph;

import org.jspecify.annotations.NullMarked;
