package dev.descent.dataset.format;

import java.util.List;

/** Receives the rows of a file one at a time. */
public interface RowHandler {

    /** @param columns the names of the columns */
    void header(List<String> columns);

    /** @return whether to continue */
    boolean row(Row row);
}
