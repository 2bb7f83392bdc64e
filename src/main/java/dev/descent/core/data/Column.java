package dev.descent.core.data;

import java.util.List;

/** One named column of a {@link Table}, held as numbers or as levels. */
public sealed interface Column {

    String name();

    ColumnType type();

    int rows();

    boolean isMissing(int row);

    /**
     * A column of numbers.
     *
     * @param type {@link ColumnType#NUMERIC} or {@link ColumnType#DATETIME} (days since 1970-01-01)
     * @param values one finite number a row; NaN where the cell is missing
     */
    record Numbers(String name, ColumnType type, double[] values) implements Column {

        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public boolean isMissing(int row) {
            return Double.isNaN(values[row]);
        }
    }

    /**
     * A column of levels.
     *
     * @param levels the distinct texts, in the order in which they first appear
     * @param codes one index into {@code levels} a row; −1 where the cell is missing
     */
    record Levels(String name, ColumnType type, List<String> levels, int[] codes) implements Column {

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
    }
}
