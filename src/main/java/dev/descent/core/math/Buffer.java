package dev.descent.core.math;

import org.jspecify.annotations.Nullable;

/**
 * A matrix owned by a layer, allocated on first use with as many rows as a batch may have and reused for every batch:
 * the training loop allocates nothing.
 */
public final class Buffer implements AutoCloseable {

    private final Precision precision;
    private final int maxRows;
    private final int columns;
    private @Nullable Matrix matrix;

    public Buffer(Precision precision, int maxRows, int columns) {
        this.precision = precision;
        this.maxRows = maxRows;
        this.columns = columns;
    }

    public Matrix rows(int count) {
        if (matrix == null) {
            matrix = Matrix.zeros(precision, maxRows, columns);
        }
        return matrix.top(count);
    }

    @Override
    public void close() {
        if (matrix != null) {
            matrix.close();
        }
    }
}
