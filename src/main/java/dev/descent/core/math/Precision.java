package dev.descent.core.math;

import org.nd4j.linalg.api.buffer.DataType;

/** The floating-point format in which a network computes. */
public enum Precision {
    /** Single precision: what training uses. */
    FLOAT32(DataType.FLOAT, Float.BYTES),
    /** Double precision: for gradient checks and for reproducing reference numbers. */
    FLOAT64(DataType.DOUBLE, Double.BYTES);

    private final DataType dataType;
    private final int bytes;

    Precision(DataType dataType, int bytes) {
        this.dataType = dataType;
        this.bytes = bytes;
    }

    DataType dataType() {
        return dataType;
    }

    /** Bytes per number. */
    public int bytes() {
        return bytes;
    }
}
