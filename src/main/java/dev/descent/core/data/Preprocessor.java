package dev.descent.core.data;

import dev.descent.core.Name;
import dev.descent.core.data.encode.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Turns rows of raw columns into rows of network inputs. Fitted to the training part alone. */
public record Preprocessor(@Name("encoders") List<ColumnEncoder> encoders) {

    public Preprocessor {
        encoders = List.copyOf(encoders);
    }

    /**
     * Fits without a target.
     *
     * @param features the names of the raw columns, in input order
     * @param rows the training part
     * @param embedded the columns of levels that become level indexes
     */
    public static Preprocessor fit(
            Table table, List<String> features, int[] rows, PreprocessingSpec spec, Set<String> embedded) {
        return fit(new TrainingPart(table, rows, TrainingPart.TargetValues.NONE), features, spec, embedded, () -> {});
    }

    /**
     * The same for a training part with its targets.
     *
     * @param cancellationCheck called before each column; may throw to stop the work
     */
    public static Preprocessor fit(
            TrainingPart part,
            List<String> features,
            PreprocessingSpec spec,
            Set<String> embedded,
            Runnable cancellationCheck) {
        List<ColumnEncoder> encoders = new ArrayList<>();
        for (String feature : features) {
            cancellationCheck.run();
            encoders.add(fit(part.table().column(feature).orElseThrow(), part, spec, embedded.contains(feature)));
        }
        return new Preprocessor(encoders);
    }

    private static ColumnEncoder fit(Column column, TrainingPart part, PreprocessingSpec spec, boolean embedded) {
        Encoding own = spec.of(column.name()).encode();
        if (column instanceof Column.Numbers numbers) {
            return own instanceof Encoding.DatetimePartsSpec parts
                    ? DateEncoder.fit(numbers, part, spec, parts)
                    : NumberEncoder.fit(numbers, part.rows(), spec);
        }
        Column.Levels levels = (Column.Levels) column;
        return own != null && own.isOfTexts() && !embedded
                ? TextEncoder.fit(levels, part.rows(), own)
                : CategoricalEncoder.fit(levels, part, spec, embedded);
    }

    /** The number of inputs per example. */
    public int width() {
        return encoders.stream().mapToInt(ColumnEncoder::width).sum();
    }

    /** Binds this preprocessor to the rows of a table that has all of its columns. */
    public RowEncoder bind(Table table) {
        return rows(encoder -> encoder.bind(table));
    }

    /** Binds this preprocessor to the rows that it was fitted to. */
    public RowEncoder bindTraining(TrainingPart part) {
        return rows(encoder -> encoder.bindTraining(part));
    }

    private RowEncoder rows(Function<ColumnEncoder, ColumnEncoder.CellEncoder> binding) {
        List<ColumnEncoder.CellEncoder> cells = encoders.stream().map(binding).toList();
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
