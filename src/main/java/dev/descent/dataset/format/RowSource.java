package dev.descent.dataset.format;

import java.io.IOException;

/** A file of rows, whatever its format. */
public interface RowSource {

    /** The JSON pointer to the file in an upload, for error messages. */
    String POINTER = "#/file";

    /**
     * Reads rows until the end of the file, or until the handler stops.
     *
     * @throws dev.descent.problem.ProblemException 422 if the file is malformed or has no rows
     */
    void read(RowHandler handler) throws IOException;
}
