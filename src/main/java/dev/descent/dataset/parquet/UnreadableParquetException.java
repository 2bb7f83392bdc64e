package dev.descent.dataset.parquet;

import java.io.IOException;

/** A file that is no Parquet, is damaged, or has what is not read; the message says which, as a clause. */
public final class UnreadableParquetException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableParquetException(String message) {
        super(message);
    }

    static UnreadableParquetException of(String message, Throwable cause) {
        UnreadableParquetException unreadable = new UnreadableParquetException(message);
        unreadable.initCause(cause);
        return unreadable;
    }
}
