package dev.descent.core.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of numbers, each in as few bytes as represent all of them exactly. The table is what a run reads first and
 * what takes most of its heap: pixels take one byte each instead of eight, counts and days two.
 */
public abstract sealed class PackedNumbers {

    private PackedNumbers() {}

    /** Wraps the given array without copying it. */
    public static PackedNumbers of(double... values) {
        return new InDoubles(values);
    }

    public abstract double get(int index);

    public abstract int size();

    /** The bytes per number: 1, 2, 4 or 8. */
    public abstract int width();

    /** The heap that they occupy; none if they are elsewhere. */
    public long heapBytes() {
        return (long) size() * width();
    }

    /** Stores a number if it can be represented exactly; returns false if it cannot. */
    abstract boolean put(int index, double value);

    /**
     * An upper bound on the bytes per number, given what is known about the numbers before they are read.
     *
     * @param whole whether all of them are integers
     * @param missing whether any is missing
     */
    public static int widthOf(double min, double max, boolean whole, boolean missing) {
        // A range that includes −0 or negative numbers may contain −0, which only floating-point numbers represent.
        boolean withoutMinusZero = Double.compare(min, 0) >= 0;
        if (whole && withoutMinusZero && max <= InBytes.MAX && !missing) {
            return Byte.BYTES;
        }
        if (whole && withoutMinusZero && max <= Short.MAX_VALUE) {
            return Short.BYTES;
        }
        boolean exactInFloats = whole && min >= -InFloats.MAX_WHOLE && max <= InFloats.MAX_WHOLE;
        return exactInFloats ? Float.BYTES : Double.BYTES;
    }

    /** Collects numbers in index order and widens the representation when a number requires it. */
    public static final class Builder {

        private final int size;
        private final @Nullable CellStorage storage;
        private @Nullable PackedNumbers numbers;

        public Builder(int size) {
            this(size, null);
        }

        /** @param storage for the numbers; null for the heap */
        public Builder(int size, @Nullable CellStorage storage) {
            this.size = size;
            this.storage = storage;
        }

        /** @param value NaN where it is missing */
        public void set(int index, double value) {
            if (numbers == null || !numbers.put(index, value)) {
                numbers = widened(index, value);
            }
        }

        private PackedNumbers widened(int index, double value) {
            int known = numbers == null ? 0 : numbers.width();
            for (int width = Math.max(1, 2 * known); width < Double.BYTES; width *= 2) {
                // Tests with a single number whether an array of that width is worth allocating.
                if (empty(width, 1).put(0, value)) {
                    return copied(width, index, value);
                }
            }
            return copied(Double.BYTES, index, value);
        }

        private PackedNumbers copied(int width, int index, double value) {
            PackedNumbers wide = room(width);
            for (int i = 0; numbers != null && i < index; i++) {
                wide.put(i, numbers.get(i));
            }
            wide.put(index, value);
            return wide;
        }

        /** Indexes that were not set hold 0. */
        public PackedNumbers build() {
            return numbers == null ? empty(Byte.BYTES, size) : numbers;
        }

        /** A buffer has no more than 2 GiB; a longer column is on the heap. */
        private PackedNumbers room(int width) {
            long bytes = (long) width * size;
            return storage == null || bytes > Integer.MAX_VALUE
                    ? empty(width, size)
                    : new InBuffer(storage.allocate((int) bytes).order(ByteOrder.nativeOrder()), width, size);
        }
    }

    private static PackedNumbers empty(int width, int size) {
        return switch (width) {
            case Byte.BYTES -> new InBytes(new byte[size]);
            case Short.BYTES -> new InShorts(new short[size]);
            case Float.BYTES -> new InFloats(new float[size]);
            default -> new InDoubles(new double[size]);
        };
    }

    /** Bitwise equality: −0 differs from 0. */
    private static boolean same(double held, double value) {
        return Double.doubleToLongBits(held) == Double.doubleToLongBits(value);
    }

    /** Integers from 0 to 255. */
    private static final class InBytes extends PackedNumbers {

        static final int MAX = 0xff;

        private final byte[] values;

        InBytes(byte[] values) {
            this.values = values;
        }

        @Override
        public double get(int index) {
            return values[index] & MAX;
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public int width() {
            return Byte.BYTES;
        }

        @Override
        boolean put(int index, double value) {
            values[index] = (byte) value;
            return same(get(index), value);
        }
    }

    /** 16-bit integers, the smallest of which stands for a missing number. */
    private static final class InShorts extends PackedNumbers {

        private final short[] values;

        InShorts(short[] values) {
            this.values = values;
        }

        @Override
        public double get(int index) {
            return unpacked(values[index]);
        }

        static double unpacked(short value) {
            return value == Short.MIN_VALUE ? Double.NaN : value;
        }

        static short packed(double value) {
            return Double.isNaN(value) ? Short.MIN_VALUE : (short) value;
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public int width() {
            return Short.BYTES;
        }

        @Override
        boolean put(int index, double value) {
            values[index] = packed(value);
            return same(get(index), value);
        }
    }

    /** Numbers that single precision represents exactly. */
    private static final class InFloats extends PackedNumbers {

        /** Every integer up to this is represented exactly. */
        static final int MAX_WHOLE = 1 << 24;

        private final float[] values;

        InFloats(float[] values) {
            this.values = values;
        }

        @Override
        public double get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public int width() {
            return Float.BYTES;
        }

        @Override
        boolean put(int index, double value) {
            values[index] = (float) value;
            return same(get(index), value);
        }
    }

    /** Any number. */
    private static final class InDoubles extends PackedNumbers {

        private final double[] values;

        InDoubles(double[] values) {
            this.values = values;
        }

        @Override
        public double get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public int width() {
            return Double.BYTES;
        }

        @Override
        boolean put(int index, double value) {
            values[index] = value;
            return true;
        }
    }

    /** The same four forms outside the heap. */
    private static final class InBuffer extends PackedNumbers {

        private final ByteBuffer values;
        private final int width;
        private final int size;

        InBuffer(ByteBuffer values, int width, int size) {
            this.values = values;
            this.width = width;
            this.size = size;
        }

        @Override
        public double get(int index) {
            return switch (width) {
                case Byte.BYTES -> values.get(index) & InBytes.MAX;
                case Short.BYTES -> InShorts.unpacked(values.getShort(index * Short.BYTES));
                case Float.BYTES -> values.getFloat(index * Float.BYTES);
                default -> values.getDouble(index * Double.BYTES);
            };
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public int width() {
            return width;
        }

        @Override
        public long heapBytes() {
            return 0;
        }

        @Override
        boolean put(int index, double value) {
            switch (width) {
                case Byte.BYTES -> values.put(index, (byte) value);
                case Short.BYTES -> values.putShort(index * Short.BYTES, InShorts.packed(value));
                case Float.BYTES -> values.putFloat(index * Float.BYTES, (float) value);
                default -> values.putDouble(index * Double.BYTES, value);
            }
            return width == Double.BYTES || same(get(index), value);
        }
    }
}
