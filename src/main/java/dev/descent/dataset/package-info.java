/** Datasets: upload, storage, profile, and reading into a table for training. */
@NullMarked
package dev.descent.dataset;

import org.jspecify.annotations.NullMarked;
