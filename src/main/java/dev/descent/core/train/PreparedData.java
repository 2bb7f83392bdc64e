package dev.descent.core.train;

import dev.descent.core.data.Column;
import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.Split;
import dev.descent.core.data.SplitSpec;
import dev.descent.core.data.Table;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.Matrix;
import dev.descent.core.nn.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table made ready: dealt out into three parts, with a preprocessor that was fitted to the training part alone. Nothing is encoded yet.
 *
 * @param withoutTarget how many rows were left out because their target is missing
 */
public record PreparedData(
        Table table,
        LearningTask task,
        Split split,
        Preprocessor preprocessor,
        TargetEncoder target,
        int withoutTarget) {

    /** @throws InvalidDataException where the table can't be learnt from as asked */
    public static PreparedData prepare(Table table, LearningTask task) {
        Column targetColumn = table.column(task.target()).orElseThrow();
        int[] rows = IntStream.range(0, table.rows())
                .filter(row -> !targetColumn.isMissing(row))
                .toArray();
        int[] strata = new int[rows.length];
        if (task.task() == Task.CLASSIFICATION) {
            TargetEncoder.Classes classes = TargetEncoder.Classes.of(targetColumn);
            checkClasses(task.target(), classes, rows.length);
            if (task.split().stratify()) {
                double[] targets = classes.encode(targetColumn);
                Arrays.setAll(strata, place -> (int) targets[rows[place]]);
            }
        }
        Split split = Split.deal(rows, strata, task.split());
        checkParts(split, task.split(), rows.length);
        TargetEncoder target = task.task() == Task.CLASSIFICATION
                ? TargetEncoder.Classes.of(targetColumn)
                : TargetEncoder.Amount.fit((Column.Numbers) targetColumn, split.train());
        Preprocessor preprocessor = Preprocessor.fit(table, task.features(), split.train(), task.preprocessing());
        return new PreparedData(table, task, split, preprocessor, target, table.rows() - rows.length);
    }

    private static void checkClasses(String target, TargetEncoder.Classes classes, int rows) {
        int count = classes.labels().size();
        if (count < 2) {
            throw new InvalidDataException(List.of(new DataFlaw(
                    "target",
                    count == 0
                            ? "\"%s\" has no value in any row; a target needs at least 2 classes".formatted(target)
                            : "\"%s\" has one class only, \"%s\", in all %d rows; a target needs at least 2 classes"
                                    .formatted(target, classes.labels().get(0), rows))));
        }
        if (count > MAX_CLASSES) {
            throw new InvalidDataException(List.of(new DataFlaw(
                    "target", "\"%s\" has %d classes; at most %d are accepted".formatted(target, count, MAX_CLASSES))));
        }
    }

    /** The most classes of a target. */
    private static final int MAX_CLASSES = 10_000;

    private static void checkParts(Split split, SplitSpec spec, int rows) {
        List<DataFlaw> flaws = new ArrayList<>();
        SplitSpec shares = spec.normalized();
        checkPart("train", split.train(), shares.train(), rows, flaws);
        checkPart("validation", split.validation(), shares.validation(), rows, flaws);
        checkPart("test", split.test(), shares.test(), rows, flaws);
        if (!flaws.isEmpty()) {
            throw new InvalidDataException(flaws);
        }
    }

    private static void checkPart(String part, int[] members, double share, int rows, List<DataFlaw> flaws) {
        if (share > 0 && members.length == 0) {
            flaws.add(new DataFlaw(
                    "split/" + part,
                    "%d rows leave none for the %s part at a share of %s; at least %.0f rows are needed"
                            .formatted(rows, part, share, Math.max(3, Math.ceil(1 / share)))));
        }
    }

    /** Encodes the given rows. */
    public Examples encode(int[] rows, Precision precision) {
        Preprocessor.RowEncoder encoder = preprocessor.bind(table);
        double[] targets = target.encode(table.column(task.target()).orElseThrow());
        double[] inputs = new double[preprocessor.width()];
        Examples examples = new Examples(
                Matrix.zeros(precision, rows.length, inputs.length), Matrix.zeros(precision, rows.length, 1));
        for (int i = 0; i < rows.length; i++) {
            encoder.encode(rows[i], inputs, Preprocessor.FindingListener.NONE);
            examples.inputs().setRow(i, inputs);
            examples.targets().set(i, targets[rows[i]]);
        }
        return examples;
    }
}
