package dev.descent.dataset;

import dev.descent.core.Name;
import java.util.List;
import tools.jackson.databind.JacksonSerializable;

/**
 * Some rows of a dataset.
 *
 * @param data by column name: numbers as numbers, doubtful ones and everything else as strings, null where missing; read from the file
 *     while they are written
 * @param total the number of rows in the whole dataset
 */
record DatasetRows(
        @Name("object") String object,
        @Name("columns") List<String> columns,
        @Name("data") JacksonSerializable data,
        @Name("total") long total) {

    /** The maximum number of cells in one response. */
    static final int MAX_CELLS = 1_000_000;
}
