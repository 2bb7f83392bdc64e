package dev.descent.core.math;

import java.lang.ref.Reference;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A row-major matrix in the off-heap memory of an ND4J array; by convention one example per row.
 *
 * <p>Element-wise passes access that memory directly, because most ND4J operations cost tens of microseconds each,
 * whatever their size. The array stays reachable as long as its matrix does, because ND4J frees the memory once the
 * array is collected.
 */
public abstract sealed class Matrix implements AutoCloseable permits Matrix.Float32, Matrix.Float64 {

    /** The maximum number of elements per matrix: one NIO buffer of doubles. */
    public static final int MAX_ELEMENTS = Integer.MAX_VALUE / Double.BYTES;

    static {
        Blas.load();
    }

    private static final AtomicLong HELD = new AtomicLong();
    private static final AtomicLong MOST_HELD = new AtomicLong();

    private final INDArray memory;
    private final int offset;
    private final int rows;
    private final int columns;
    private @Nullable Matrix lastTop;

    private Matrix(INDArray memory, int offset, int rows, int columns) {
        this.memory = memory;
        this.offset = offset;
        this.rows = rows;
        this.columns = columns;
    }

    public static Matrix zeros(Precision precision, int rows, int columns) {
        long elements = (long) rows * columns;
        if (rows < 0 || columns < 0 || elements > MAX_ELEMENTS) {
            throw new IllegalArgumentException(
                    "A matrix of %d × %d has more than %d elements".formatted(rows, columns, MAX_ELEMENTS));
        }
        // ND4J allocates no memory for an empty array; one spare element spares every caller the special case.
        INDArray memory = Nd4j.create(precision.dataType(), Math.max(1, elements));
        long held = HELD.addAndGet(bytesOf(memory));
        MOST_HELD.accumulateAndGet(held, Math::max);
        return of(memory, 0, rows, columns);
    }

    private static long bytesOf(INDArray memory) {
        return memory.length() * memory.dataType().width();
    }

    /** The bytes of all matrices created but not closed, including those that the garbage collector may have freed. */
    public static long bytesHeld() {
        return HELD.get();
    }

    /** The peak of {@link #bytesHeld} since the last call, or since the process started. */
    public static long mostBytesHeld() {
        return MOST_HELD.getAndSet(HELD.get());
    }

    public static Matrix of(Precision precision, double[]... rows) {
        Matrix matrix = zeros(precision, rows.length, rows.length == 0 ? 0 : rows[0].length);
        for (int row = 0; row < rows.length; row++) {
            matrix.setRow(row, rows[row]);
        }
        return matrix;
    }

    private static Matrix of(INDArray memory, int offset, int rows, int columns) {
        return switch (memory.dataType()) {
            case FLOAT -> new Float32(memory, offset, rows, columns);
            case DOUBLE -> new Float64(memory, offset, rows, columns);
            default -> throw new IllegalArgumentException("Not a floating-point type: " + memory.dataType());
        };
    }

    public final int rows() {
        return rows;
    }

    public final int columns() {
        return columns;
    }

    /** The number of elements: rows × columns. */
    public final int size() {
        return rows * columns;
    }

    public abstract Precision precision();

    /** The element at a row-major index. */
    public abstract double get(int index);

    /** Sets the element at a row-major index, rounded to this matrix's precision. */
    public abstract void set(int index, double value);

    public final double get(int row, int column) {
        return get(row * columns + column);
    }

    public final void set(int row, int column, double value) {
        set(row * columns + column, value);
    }

    public final void setRow(int row, double[] values) {
        if (values.length != columns) {
            throw new IllegalArgumentException("%d values for a row of %d".formatted(values.length, columns));
        }
        int start = row * columns;
        for (int column = 0; column < columns; column++) {
            set(start + column, values[column]);
        }
    }

    public final void fill(double value) {
        for (int index = 0; index < size(); index++) {
            set(index, value);
        }
    }

    /** Multiplies every element by a factor. */
    public final void scale(double factor) {
        for (int index = 0; index < size(); index++) {
            set(index, factor * get(index));
        }
    }

    /** The root of the sum of squares. */
    public final double norm() {
        double sum = 0;
        for (int index = 0; index < size(); index++) {
            sum += get(index) * get(index);
        }
        return Math.sqrt(sum);
    }

    /** Copies one row from another matrix of the same precision and width. */
    public final void copyRow(Matrix source, int sourceRow, int row) {
        if (source.columns != columns) {
            throw new IllegalArgumentException("A row of %d for one of %d".formatted(source.columns, columns));
        }
        copy(source, sourceRow * columns, row * columns, columns);
    }

    /** Copies every element from another matrix of the same precision and size. */
    public final void copy(Matrix source) {
        if (source.size() != size()) {
            throw new IllegalArgumentException("%d elements for a matrix of %d".formatted(source.size(), size()));
        }
        copy(source, 0, 0, size());
    }

    /**
     * C ← alpha op(A) op(B) + beta C, where C is this matrix and op transposes on request, for the rows of C from
     * {@code from} inclusive to {@code to} exclusive.
     */
    final void multiplyRows(
            int from, int to, double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta) {
        Gemm.Shape part = Gemm.Shape.of(a, transposeA, b, transposeB, this).withRows(to - from);
        multiply(part, alpha, a, transposeA ? from : from * a.columns, b, 0, beta, from * columns);
    }

    /** The same for the columns of C from {@code from} inclusive to {@code to} exclusive. */
    final void multiplyColumns(
            int from, int to, double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta) {
        Gemm.Shape part = Gemm.Shape.of(a, transposeA, b, transposeB, this).withColumns(to - from);
        multiply(part, alpha, a, 0, b, transposeB ? from * b.columns : from, beta, from);
    }

    /** The contribution to A B of A's columns and B's rows from {@code from} inclusive to {@code to} exclusive. */
    final void multiplyInner(int from, int to, Matrix a, Matrix b) {
        Gemm.Shape part = Gemm.Shape.of(a, false, b, false, this).withInner(to - from);
        multiply(part, 1, a, from, b, from * b.columns, 0, 0);
    }

    /** Multiplies parts of A and B, starting at the given indexes, into a part of this matrix. */
    abstract void multiply(
            Gemm.Shape shape, double alpha, Matrix a, int startA, Matrix b, int startB, double beta, int startC);

    public abstract void copy(Matrix source, int sourceIndex, int index, int length);

    /** Copies numbers from elsewhere. */
    abstract void copy(FloatBuffer source, int sourceIndex, int index, int length);

    /** The first rows, sharing this memory. Repeated use of the same length allocates nothing. */
    public final Matrix top(int count) {
        if (count == rows) {
            return this;
        }
        Matrix top = lastTop;
        if (top == null || top.rows != count) {
            top = slice(0, count, columns);
            lastTop = top;
        }
        return top;
    }

    /** A matrix of the given shape that shares this memory, starting at the given index. */
    public final Matrix slice(int index, int sliceRows, int sliceColumns) {
        if (index < 0 || index + (long) sliceRows * sliceColumns > size()) {
            throw new IllegalArgumentException(
                    "%d × %d elements from index %d on, of %d".formatted(sliceRows, sliceColumns, index, size()));
        }
        return of(memory, offset + index, sliceRows, sliceColumns);
    }

    public final double[] toArray() {
        double[] values = new double[size()];
        for (int index = 0; index < values.length; index++) {
            values[index] = get(index);
        }
        return values;
    }

    /** This matrix as an ND4J array that shares its memory. */
    public final INDArray array() {
        return Nd4j.create(memory.data(), new long[] {rows, columns}, new long[] {columns, 1}, offset, 'c');
    }

    /**
     * Frees the memory, including that of every slice. Without this call, ND4J frees it some time after the last use.
     */
    @Override
    public final void close() {
        if (memory.closeable()) {
            HELD.addAndGet(-bytesOf(memory));
            memory.close();
        }
    }

    /** Keeps the owner of the memory reachable while native code works on its address. */
    final void keepAlive() {
        Reference.reachabilityFence(memory);
    }

    /** Single precision. */
    static final class Float32 extends Matrix {

        private final FloatBuffer values;
        private final FloatPointer address;

        private Float32(INDArray memory, int offset, int rows, int columns) {
            super(memory, offset, rows, columns);
            FloatPointer start = new FloatPointer(memory.data().pointer());
            this.values = start.capacity(memory.length()).asBuffer().slice(offset, rows * columns);
            this.address = new FloatPointer(start).position(offset);
        }

        @Override
        public Precision precision() {
            return Precision.FLOAT32;
        }

        /** The memory itself, for {@link FloatKernels}. */
        FloatBuffer values() {
            return values;
        }

        @Override
        public double get(int index) {
            return values.get(index);
        }

        @Override
        public void set(int index, double value) {
            values.put(index, (float) value);
        }

        @Override
        public void copy(Matrix source, int sourceIndex, int index, int length) {
            values.put(index, ((Float32) source).values, sourceIndex, length);
        }

        @Override
        void copy(FloatBuffer source, int sourceIndex, int index, int length) {
            values.put(index, source, sourceIndex, length);
        }

        @Override
        void multiply(
                Gemm.Shape shape, double alpha, Matrix a, int startA, Matrix b, int startB, double beta, int startC) {
            FloatPointer from = ((Float32) a).from(startA);
            Blas.singlePrecision()
                    .multiply(shape, (float) alpha, from, ((Float32) b).from(startB), (float) beta, from(startC));
            a.keepAlive();
            b.keepAlive();
            keepAlive();
        }

        private FloatPointer from(int index) {
            return index == 0 ? address : address.getPointer(index);
        }
    }

    /** Double precision. */
    static final class Float64 extends Matrix {

        private final DoubleBuffer values;
        private final DoublePointer address;

        private Float64(INDArray memory, int offset, int rows, int columns) {
            super(memory, offset, rows, columns);
            DoublePointer start = new DoublePointer(memory.data().pointer());
            this.values = start.capacity(memory.length()).asBuffer().slice(offset, rows * columns);
            this.address = new DoublePointer(start).position(offset);
        }

        @Override
        public Precision precision() {
            return Precision.FLOAT64;
        }

        @Override
        public double get(int index) {
            return values.get(index);
        }

        @Override
        public void set(int index, double value) {
            values.put(index, value);
        }

        @Override
        public void copy(Matrix source, int sourceIndex, int index, int length) {
            values.put(index, ((Float64) source).values, sourceIndex, length);
        }

        @Override
        void copy(FloatBuffer source, int sourceIndex, int index, int length) {
            for (int i = 0; i < length; i++) {
                values.put(index + i, source.get(sourceIndex + i));
            }
        }

        @Override
        void multiply(
                Gemm.Shape shape, double alpha, Matrix a, int startA, Matrix b, int startB, double beta, int startC) {
            DoublePointer from = ((Float64) a).from(startA);
            Blas.doublePrecision().multiply(shape, alpha, from, ((Float64) b).from(startB), beta, from(startC));
            a.keepAlive();
            b.keepAlive();
            keepAlive();
        }

        private DoublePointer from(int index) {
            return index == 0 ? address : address.getPointer(index);
        }
    }
}
