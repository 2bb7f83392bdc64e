package dev.descent.dataset.format;

import dev.descent.core.Name;

/** What becomes of rows that do not have as many cells as there are columns. */
public enum RaggedRows {
    @Name("reject")
    REJECT,
    @Name("skip")
    SKIP,
    /** Cells that a row lacks at its end are empty; more than there are columns are refused unless they are empty. */
    @Name("pad")
    PAD
}
