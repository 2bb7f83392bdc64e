/** Training: from a table to fitted weights, and what they are worth. */
@NullMarked
package dev.descent.core.train;

import org.jspecify.annotations.NullMarked;
