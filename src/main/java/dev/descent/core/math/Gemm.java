package dev.descent.core.math;

import org.bytedeco.javacpp.FloatPointer;

/**
 * A library's single-precision matrix product: C ← alpha op(A) op(B) + beta C, all row-major. It computes on the
 * calling thread only, and any number of threads may call it concurrently.
 */
interface Gemm {

    void multiply(Shape shape, float alpha, FloatPointer a, FloatPointer b, float beta, FloatPointer c);

    /** The library, its version, and the kernels it selected for this processor. */
    String description();

    /**
     * The dimensions of a product, (rows × inner) (inner × columns), and the memory layout of its operands: whether
     * each is transposed, and the distance between its rows.
     */
    record Shape(
            int rows,
            int columns,
            int inner,
            boolean transposeA,
            int strideA,
            boolean transposeB,
            int strideB,
            int strideC) {

        static Shape of(Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix c) {
            int rows = transposeA ? a.columns() : a.rows();
            int inner = transposeA ? a.rows() : a.columns();
            int innerB = transposeB ? b.columns() : b.rows();
            int columns = transposeB ? b.rows() : b.columns();
            if (inner != innerB || rows != c.rows() || columns != c.columns()) {
                throw new IllegalArgumentException("(%d × %d) (%d × %d) does not give %d × %d"
                        .formatted(rows, inner, innerB, columns, c.rows(), c.columns()));
            }
            return new Shape(
                    rows,
                    columns,
                    inner,
                    transposeA,
                    Math.max(1, a.columns()),
                    transposeB,
                    Math.max(1, b.columns()),
                    Math.max(1, c.columns()));
        }

        Shape withRows(int count) {
            return new Shape(count, columns, inner, transposeA, strideA, transposeB, strideB, strideC);
        }

        Shape withColumns(int count) {
            return new Shape(rows, count, inner, transposeA, strideA, transposeB, strideB, strideC);
        }

        Shape withInner(int count) {
            return new Shape(rows, columns, count, transposeA, strideA, transposeB, strideB, strideC);
        }
    }
}
