/**
 * Computational graphs over HTTP: takes an expression and its values, returns every node with its value and gradient.
 */
@NullMarked
package dev.descent.graph;

import org.jspecify.annotations.NullMarked;
