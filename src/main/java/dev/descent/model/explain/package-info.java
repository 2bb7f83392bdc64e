/** Tells how a model's preprocessing was fitted, and what it makes of a row. */
@NullMarked
package dev.descent.model.explain;

import org.jspecify.annotations.NullMarked;
