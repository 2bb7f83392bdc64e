/** What the cells of rows say: which mean an empty one, how numbers are spelled, and tables of them to train on. */
@NullMarked
package dev.descent.dataset.cell;

import org.jspecify.annotations.NullMarked;
