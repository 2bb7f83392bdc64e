package dev.descent.core.data;

import dev.descent.core.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Turns the target column into what a loss compares with, and a network's output back into the target's own terms. */
public sealed interface TargetEncoder {

    /** The number of classes, or of amounts. */
    int outputs();

    /** The targets of all rows: for each number that an example is compared with, one a row; NaN where the cell is missing. */
    List<double[]> encode(List<Column> columns);

    /**
     * Classes by number.
     *
     * @param labels what class 0, 1, 2 … is called
     */
    @Name("classes")
    record Classes(@Name("labels") List<String> labels) implements TargetEncoder {

        public Classes {
            labels = List.copyOf(labels);
        }

        /** The labels of a column: numbers in their order, other labels alphabetically. */
        public static Classes of(Column column) {
            if (column instanceof Column.Numbers numbers) {
                return new Classes(IntStream.range(0, numbers.rows())
                        .mapToDouble(numbers::value)
                        .filter(value -> !Double.isNaN(value))
                        .sorted()
                        .mapToObj(Classes::label)
                        .distinct()
                        .toList());
            }
            Column.Levels levels = (Column.Levels) column;
            boolean[] used = new boolean[levels.levels().size()];
            Arrays.stream(levels.codes()).filter(code -> code >= 0).forEach(code -> used[code] = true);
            List<String> labels = new ArrayList<>();
            for (int code = 0; code < used.length; code++) {
                if (used[code]) {
                    labels.add(levels.levels().get(code));
                }
            }
            labels.sort(Comparator.naturalOrder());
            return new Classes(labels);
        }

        private static String label(double value) {
            boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
            return whole ? Long.toString((long) value) : Double.toString(value);
        }

        @Override
        public int outputs() {
            return labels.size();
        }

        @Override
        public List<double[]> encode(List<Column> columns) {
            return List.of(encode(columns.get(0)));
        }

        /** The class of each row. */
        public double[] encode(Column column) {
            Map<String, Integer> classes = new HashMap<>();
            for (int number = 0; number < labels.size(); number++) {
                classes.put(labels.get(number), number);
            }
            double[] targets = new double[column.rows()];
            for (int row = 0; row < targets.length; row++) {
                targets[row] = column.isMissing(row) ? Double.NaN : number(classes, text(column, row));
            }
            return targets;
        }

        private static int number(Map<String, Integer> classes, String label) {
            return Objects.requireNonNull(classes.get(label), label);
        }

        private static String text(Column column, int row) {
            if (column instanceof Column.Numbers numbers) {
                return label(numbers.value(row));
            }
            Column.Levels levels = (Column.Levels) column;
            return levels.levels().get(levels.codes()[row]);
        }
    }

    /**
     * Amounts, standardized inside.
     *
     * @param names of the target columns, in the order of the outputs
     * @param amounts one for each
     */
    @Name("amounts")
    record Amounts(
            @Name("names") List<String> names,
            @Name("amounts") List<Amount> amounts) implements TargetEncoder {

        public Amounts {
            names = List.copyOf(names);
            amounts = List.copyOf(amounts);
        }

        /** Fits to the training part of target columns. */
        public static Amounts fit(List<Column> columns, int[] rows) {
            return new Amounts(
                    columns.stream().map(Column::name).toList(),
                    columns.stream()
                            .map(column -> Amount.fit((Column.Numbers) column, rows))
                            .toList());
        }

        @Override
        public int outputs() {
            return amounts.size();
        }

        @Override
        public List<double[]> encode(List<Column> columns) {
            return IntStream.range(0, amounts.size())
                    .mapToObj(target -> amounts.get(target).encode((Column.Numbers) columns.get(target)))
                    .toList();
        }
    }

    /**
     * The inputs themselves.
     *
     * @param outputs as many as the inputs
     * @param threshold the reconstruction error from which on a row is an anomaly; NaN until it is learnt
     */
    @Name("reconstruction")
    record Reconstruction(
            @Name("outputs") int outputs, @Name("threshold") double threshold) implements TargetEncoder {

        @Override
        public List<double[]> encode(List<Column> columns) {
            return List.of();
        }
    }

    /**
     * How one amount is standardized: the output o means mean + deviation · o in the target's own unit.
     *
     * @param mean of the training part
     * @param deviation standard deviation of the training part (divided by n); 1 for a constant target
     */
    record Amount(
            @Name("mean") double mean, @Name("deviation") double deviation) {

        /** Fits to the training part of a target column. */
        public static Amount fit(Column.Numbers column, int[] rows) {
            NumberEncoder encoder = NumberEncoder.fit(column, rows, PreprocessingSpec.Numeric.STANDARDIZE);
            return new Amount(encoder.mean(), encoder.deviation());
        }

        /** The targets of all rows of a column; NaN where the cell is missing. */
        public double[] encode(Column.Numbers column) {
            return IntStream.range(0, column.rows())
                    .mapToDouble(row -> (column.value(row) - mean) / deviation)
                    .toArray();
        }

        /** An output in the target's own unit. */
        public double decode(double output) {
            return mean + deviation * output;
        }
    }
}
