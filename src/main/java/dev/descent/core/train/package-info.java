/** Training: from a table to fitted weights and their quality. */
@NullMarked
package dev.descent.core.train;

import org.jspecify.annotations.NullMarked;
