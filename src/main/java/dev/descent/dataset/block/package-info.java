/** Blocks of a file that several threads read side by side, and that are taken in the order of the file. */
@NullMarked
package dev.descent.dataset.block;

import org.jspecify.annotations.NullMarked;
