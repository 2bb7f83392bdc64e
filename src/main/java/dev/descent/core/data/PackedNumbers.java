package dev.descent.core.data;

import org.jspecify.annotations.Nullable;

/**
 * Numbers in a row, each in as few bytes as hold all of them to the bit. A table is what a run reads first and what
 * takes most of the heap: pixels take a byte each instead of eight, counts and days two.
 */
public abstract sealed class PackedNumbers {

    private PackedNumbers() {}

    /** The given array itself, as it is. */
    public static PackedNumbers of(double... values) {
        return new InDoubles(values);
    }

    public abstract double get(int index);

    public abstract int size();

    /** The bytes of one number: 1, 2, 4 or 8. */
    public abstract int width();

    /** Sets a number where it can be held to the bit, or tells that it can't be. */
    abstract boolean put(int index, double value);

    /**
     * The most bytes that one of some numbers takes, by what is known of them before they are read.
     *
     * @param whole whether all are whole
     * @param missing whether any is missing
     */
    public static int widthOf(double min, double max, boolean whole, boolean missing) {
        // Below 0, or at −0, there may be a −0 among them, which only floating-point numbers hold.
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

    /** Takes numbers, the first index first, and grows in width when one needs it. */
    public static final class Builder {

        private final int size;
        private @Nullable PackedNumbers numbers;

        public Builder(int size) {
            this.size = size;
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
                // One number tells whether an array of that width is worth the memory.
                if (empty(width, 1).put(0, value)) {
                    return copied(width, index, value);
                }
            }
            return copied(Double.BYTES, index, value);
        }

        private PackedNumbers copied(int width, int index, double value) {
            PackedNumbers wide = empty(width, size);
            for (int i = 0; numbers != null && i < index; i++) {
                wide.put(i, numbers.get(i));
            }
            wide.put(index, value);
            return wide;
        }

        /** Places that were not set hold 0. */
        public PackedNumbers build() {
            return numbers == null ? empty(Byte.BYTES, size) : numbers;
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

    /** Equal by all bits: −0 is a number of its own. */
    private static boolean same(double held, double value) {
        return Double.doubleToLongBits(held) == Double.doubleToLongBits(value);
    }

    /** Whole numbers from 0 to 255. */
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

    /** Whole numbers of 16 bits, of which the least means a missing one. */
    private static final class InShorts extends PackedNumbers {

        private final short[] values;

        InShorts(short[] values) {
            this.values = values;
        }

        @Override
        public double get(int index) {
            short value = values[index];
            return value == Short.MIN_VALUE ? Double.NaN : value;
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
            values[index] = Double.isNaN(value) ? Short.MIN_VALUE : (short) value;
            return same(get(index), value);
        }
    }

    /** Numbers that single precision holds exactly. */
    private static final class InFloats extends PackedNumbers {

        /** Up to this, every whole number is one of them. */
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
}
