/** The formats of dataset files: from bytes to rows of cells. */
@NullMarked
package dev.descent.dataset.format;

import org.jspecify.annotations.NullMarked;
