package dev.descent.core.data;

import java.util.List;

/** A named column of a {@link Table}, held as numbers or as levels. */
public sealed interface Column {

    String name();

    ColumnType type();

    int rows();

    boolean isMissing(int row);

    /** The heap that its cells occupy. */
    long heapBytes();

    /**
     * A column of numbers.
     *
     * @param type {@link ColumnType#NUMERIC} or {@link ColumnType#DATETIME} (days since 1970-01-01)
     * @param values one finite number per row; NaN where the cell is missing
     */
    record Numbers(String name, ColumnType type, PackedNumbers values) implements Column {

        public Numbers(String name, ColumnType type, double[] values) {
            this(name, type, PackedNumbers.of(values));
        }

        public double value(int row) {
            return values.get(row);
        }

        @Override
        public int rows() {
            return values.size();
        }

        @Override
        public boolean isMissing(int row) {
            return Double.isNaN(value(row));
        }

        @Override
        public long heapBytes() {
            return values.heapBytes();
        }
    }

    /**
     * A column of levels.
     *
     * @param type {@link ColumnType#NUMERIC} for numbers as they are written
     * @param levels the distinct strings, in order of first appearance
     * @param codes one index into {@code levels} per row; −1 where the cell is missing
     */
    record Levels(String name, ColumnType type, List<String> levels, int[] codes) implements Column {

        /** A string in a list: the reference, the String and its array's header, plus 4 bytes of padding on average. */
        private static final int LEVEL_BYTES = 48;

        public Levels {
            levels = List.copyOf(levels);
        }

        @Override
        public int rows() {
            return codes.length;
        }

        @Override
        public boolean isMissing(int row) {
            return codes[row] < 0;
        }

        @Override
        public long heapBytes() {
            return heapBytes(
                    codes.length,
                    levels.size(),
                    levels.stream().mapToLong(String::length).sum());
        }

        /** The heap occupied by this many cells with this many levels of this many characters in total. */
        public static long heapBytes(long rows, long levels, long characters) {
            return rows * Integer.BYTES + levels * LEVEL_BYTES + characters;
        }
    }
}
