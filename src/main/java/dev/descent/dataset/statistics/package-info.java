/** Figures that are computed from a dataset's file when someone asks for them. */
@NullMarked
package dev.descent.dataset.statistics;

import org.jspecify.annotations.NullMarked;
