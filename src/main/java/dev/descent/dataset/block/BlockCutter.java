package dev.descent.dataset.block;

/** Finds where a block of a file may end: behind a record. */
public interface BlockCutter {

    /** What {@link #cut} returns if more bytes will not help. */
    int NOWHERE = -1;

    /**
     * The end of the last record among bytes that begin with one.
     *
     * @param atEnd whether the file ends with them
     * @return the number of bytes to cut off, 0 if they have no end of a record, or {@link #NOWHERE}
     */
    int cut(byte[] bytes, int length, boolean atEnd);
}
