package dev.descent.dataset.format;

import dev.descent.dataset.block.BlockThreads;
import java.io.IOException;
import java.util.List;

/** A file of rows, whatever its format. */
public interface RowSource {

    /** The JSON pointer to the file in an upload, for error messages. */
    String POINTER = "#/file";

    /**
     * Reads rows until the end of the file, or until the handler stops. A file whose rows can be told apart is read to
     * its end whatever is wrong with it, so that everything is told at once.
     *
     * @throws dev.descent.problem.ProblemException 422 if the file is malformed or has no rows
     */
    void read(RowHandler handler) throws IOException;

    /**
     * The same with some threads that read ahead, if the format allows it. What the handler gets, and when, does not
     * depend on them.
     */
    default void read(RowHandler handler, BlockThreads threads) throws IOException {
        read(handler);
    }

    /** What reading takes in memory beyond a few rows, at most. */
    default long heapBytes() throws IOException {
        return 0;
    }

    /** What a reader to the end of the file would have done about it without asking. */
    default List<String> warnings() {
        return List.of();
    }
}
