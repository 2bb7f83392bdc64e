package dev.descent.core.data;

import dev.descent.core.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Classes, encoded by index.
 *
 * @param labels the names of classes 0, 1, 2 …
 */
@Name("classes")
public record ClassificationTarget(@Name("labels") List<String> labels) implements TargetEncoder {

    public ClassificationTarget {
        labels = List.copyOf(labels);
    }

    /**
     * The labels of a column: numbers in numeric order, those of one value in different spellings alphabetically, and
     * so is everything else.
     */
    public static ClassificationTarget of(Column column) {
        if (column instanceof Column.Numbers numbers) {
            return new ClassificationTarget(IntStream.range(0, numbers.rows())
                    .mapToDouble(numbers::value)
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .mapToObj(ClassificationTarget::label)
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
        labels.sort(order(column.type()));
        return new ClassificationTarget(labels);
    }

    /** The order of the labels of a column. */
    public static Comparator<String> order(ColumnType type) {
        Comparator<String> alphabet = Comparator.naturalOrder();
        return type == ColumnType.NUMERIC
                ? Comparator.<String>comparingDouble(Cell::number).thenComparing(alphabet)
                : alphabet;
    }

    /** The label of a class that is a number. */
    public static String label(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    @Override
    public int outputs() {
        return labels.size();
    }

    @Override
    public int columns() {
        return 1;
    }

    /** Class indexes have no order if there are more than two classes. */
    @Override
    public boolean isOrdered() {
        return labels.size() == 2;
    }

    @Override
    public <T> T match(
            Function<ClassificationTarget, T> classification,
            Function<RegressionTarget, T> regression,
            Function<ReconstructionTarget, T> reconstruction) {
        return classification.apply(this);
    }

    @Override
    public List<double[]> encode(List<Column> columns) {
        return List.of(encode(columns.get(0)));
    }

    /** The class index of each row. */
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
