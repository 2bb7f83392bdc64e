package dev.descent.core.data;

import java.nio.ByteBuffer;

/** Where the cells of a table are that is too large for the heap. */
@FunctionalInterface
public interface CellStorage {

    /** Room for so many bytes, all of them 0, for as long as the buffer is reachable. */
    ByteBuffer allocate(int bytes);
}
