/** Parquet files: from what the library reads, guarded against what a file may claim, to the texts of cells. */
@NullMarked
package dev.descent.dataset.parquet;

import org.jspecify.annotations.NullMarked;
