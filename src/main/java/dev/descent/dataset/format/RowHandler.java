package dev.descent.dataset.format;

import java.util.List;

/** Receives the rows of a file one at a time. */
public interface RowHandler {

    /** @param columns the names of the columns */
    void header(List<String> columns);

    /**
     * Takes a row, which stays as it is until the {@linkplain #endOfBlock end of its block}.
     *
     * @return whether to continue
     */
    boolean row(Row row);

    /** The rows so far are about to be overwritten by later ones. */
    default void endOfBlock() {
        // Most handlers take from a row what they need when it comes.
    }
}
