/** Turns an expression into a computational graph. */
@NullMarked
package dev.descent.core.graph.parse;

import org.jspecify.annotations.NullMarked;
