package dev.descent.core.data;

import dev.descent.core.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns rows of raw columns into rows of inputs; fitted to the training part alone. */
public record Preprocessor(@Name("encoders") List<ColumnEncoder> encoders) {

    public Preprocessor {
        encoders = List.copyOf(encoders);
    }

    /**
     * @param features the names of the raw columns, in the order of the inputs
     * @param rows the training part
     * @param embedded the columns of levels that become level numbers
     */
    public static Preprocessor fit(
            Table table, List<String> features, int[] rows, PreprocessingSpec spec, Set<String> embedded) {
        return fit(table, features, rows, spec, embedded, () -> {});
    }

    /**
     * The same.
     *
     * @param cancellationCheck called before each column; it may end the work by an exception
     */
    public static Preprocessor fit(
            Table table,
            List<String> features,
            int[] rows,
            PreprocessingSpec spec,
            Set<String> embedded,
            Runnable cancellationCheck) {
        List<ColumnEncoder> encoders = new ArrayList<>();
        for (String feature : features) {
            cancellationCheck.run();
            Column column = table.column(feature).orElseThrow();
            encoders.add(
                    column instanceof Column.Numbers numbers
                            ? NumberEncoder.fit(numbers, rows, spec.numeric())
                            : CategoricalEncoder.fit((Column.Levels) column, rows, !embedded.contains(feature)));
        }
        return new Preprocessor(encoders);
    }

    /** The number of inputs of one example. */
    public int width() {
        return encoders.stream().mapToInt(ColumnEncoder::width).sum();
    }

    /** This preprocessor over the rows of a table that has all of its columns. */
    public RowEncoder bind(Table table) {
        List<ColumnEncoder.CellEncoder> cells = encoders.stream()
                .map(encoder -> encoder.bind(table.column(encoder.name()).orElseThrow()))
                .toList();
        int[] widths = encoders.stream().mapToInt(ColumnEncoder::width).toArray();
        return (row, inputs, listener) -> {
            int at = 0;
            for (int i = 0; i < widths.length; i++) {
                ColumnEncoder.Finding finding = cells.get(i).encode(row, inputs, at);
                if (finding != ColumnEncoder.Finding.NOTHING) {
                    listener.found(encoders.get(i), row, finding);
                }
                at += widths[i];
            }
        };
    }

    /** Writes the inputs of one row after another. */
    @FunctionalInterface
    public interface RowEncoder {
        void encode(int row, double[] inputs, FindingListener listener);
    }

    /** Hears of cells that were not simply encoded. */
    @FunctionalInterface
    public interface FindingListener {

        FindingListener NONE = (encoder, row, finding) -> {};

        void found(ColumnEncoder encoder, int row, ColumnEncoder.Finding finding);
    }
}
