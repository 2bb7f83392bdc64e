/** Computational graphs over HTTP: an expression and its values in, every node with what flows forward and back out. */
@NullMarked
package dev.descent.graph;

import org.jspecify.annotations.NullMarked;
