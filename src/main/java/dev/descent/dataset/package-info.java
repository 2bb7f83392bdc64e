/** Datasets: upload, storage, profile, and the way to a table that can be trained on. */
@NullMarked
package dev.descent.dataset;

import org.jspecify.annotations.NullMarked;
