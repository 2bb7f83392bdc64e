package dev.descent.core.data;

import dev.descent.core.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns rows of raw columns into rows of network inputs. Fitted to the training part alone. */
public record Preprocessor(@Name("encoders") List<ColumnEncoder> encoders) {

    public Preprocessor {
        encoders = List.copyOf(encoders);
    }

    /**
     * @param features the names of the raw columns, in input order
     * @param rows the training part
     * @param embedded the columns of levels that become level indexes
     */
    public static Preprocessor fit(
            Table table, List<String> features, int[] rows, PreprocessingSpec spec, Set<String> embedded) {
        return fit(table, features, rows, spec, embedded, () -> {});
    }

    /**
     * The same.
     *
     * @param cancellationCheck called before each column; may throw to stop the work
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
                            ? NumberEncoder.fit(numbers, rows, spec)
                            : CategoricalEncoder.fit((Column.Levels) column, rows, !embedded.contains(feature)));
        }
        return new Preprocessor(encoders);
    }

    /** The number of inputs per example. */
    public int width() {
        return encoders.stream().mapToInt(ColumnEncoder::width).sum();
    }

    /** Binds this preprocessor to the rows of a table that has all of its columns. */
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

    /** Writes the inputs of one row at a time. */
    @FunctionalInterface
    public interface RowEncoder {
        void encode(int row, double[] inputs, FindingListener listener);
    }

    /** Is told about cells that were not encoded as they are. */
    @FunctionalInterface
    public interface FindingListener {

        FindingListener NONE = (encoder, row, finding) -> {};

        void found(ColumnEncoder encoder, int row, ColumnEncoder.Finding finding);
    }
}
