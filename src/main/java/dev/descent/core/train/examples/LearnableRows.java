package dev.descent.core.train.examples;

import dev.descent.core.data.ClassificationTarget;
import dev.descent.core.data.Column;
import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.ReconstructionTarget;
import dev.descent.core.data.RegressionTarget;
import dev.descent.core.data.Table;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.data.TrainingPart;
import dev.descent.core.data.split.Split;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows of a table that have a target, and how they are split: once, or once for each fold. Nothing is fitted yet. */
public final class LearnableRows {

    private final Table table;
    private final LearningTask task;
    private final List<Column> targets;
    private final int[] rows;
    private final @Nullable ClassificationTarget classes;
    private final Splits splits;

    private LearnableRows(
            Table table,
            LearningTask task,
            List<Column> targets,
            int[] rows,
            @Nullable ClassificationTarget classes,
            Splits splits) {
        this.table = table;
        this.task = task;
        this.targets = targets;
        this.rows = rows;
        this.classes = classes;
        this.splits = splits;
    }

    /**
     * Splits the rows.
     *
     * @param cancellationCheck called repeatedly; may throw to stop the work
     * @throws InvalidDataException if the task cannot be learnt from the table
     */
    public static LearnableRows of(Table table, LearningTask task, Runnable cancellationCheck) {
        List<Column> targets = task.targets().stream()
                .map(name -> table.column(name).orElseThrow())
                .toList();
        int[] rows = IntStream.range(0, table.rows())
                .filter(row -> targets.stream().noneMatch(target -> target.isMissing(row)))
                .toArray();
        @Nullable ClassificationTarget classes = null;
        if (task.task() == Task.CLASSIFICATION) {
            classes = ClassificationTarget.of(targets.get(0));
        }
        cancellationCheck.run();
        RowSplitter splitter = new RowSplitter(table, targets, classes, rows);
        SplitKey key = splitter.key(task.split());
        Splits splits = key.isSound() ? new Splits(splitter, task.split()) : null;
        DataFacts facts = new DataFacts(
                rows.length,
                classes == null ? null : DataFacts.Classes.of(classes.labels()),
                weights(table, task, rows),
                splits == null ? null : splits.sizes(),
                key);
        List<DataViolation> violations = new ArrayList<>(facts.violations(task));
        if (splits != null) {
            violations.addAll(splits.violations());
        }
        if (splits != null && violations.isEmpty() && task.task() == Task.REGRESSION) {
            violations.addAll(splits.constantTargets(task, targets, cancellationCheck));
        }
        if (splits == null || !violations.isEmpty()) {
            throw new InvalidDataException(violations);
        }
        return new LearnableRows(table, task, targets, rows, classes, splits);
    }

    private static DataFacts.@Nullable Weights weights(Table table, LearningTask task, int[] rows) {
        if (task.weightColumn() == null) {
            return null;
        }
        Column.Numbers weights = PreparedData.weightsOf(table, task.weightColumn());
        DoubleSummaryStatistics given = IntStream.of(rows)
                .filter(row -> !weights.isMissing(row))
                .mapToDouble(weights::value)
                .summaryStatistics();
        long missing = rows.length - given.getCount();
        return given.getCount() == 0
                ? new DataFacts.Weights(missing, 0, 0)
                : new DataFacts.Weights(missing, given.getMin(), given.getMax());
    }

    /** How the task has the rows split for one of its fits, from 0. */
    public Split split(int fit) {
        return splits.of(fit);
    }

    /** How many rows each fit is trained on. */
    public int[] trainRows() {
        return splits.trainRows();
    }

    /** The same rows as a whole, in which reasons to doubt the scores are looked for. */
    Split whole() {
        return Split.ofTraining(rows);
    }

    Table table() {
        return table;
    }

    LearningTask task() {
        return task;
    }

    /**
     * Fits preprocessor and target to the training part of a split of these rows. The labels of classes are those of all
     * rows, so they are the same whatever the split.
     *
     * @param cancellationCheck called repeatedly; may throw to stop the work
     * @throws InvalidDataException if the task cannot be learnt from that part
     */
    public PreparedData prepare(Split dealt, Runnable cancellationCheck) {
        @Nullable
        TargetEncoder known = switch (task.task()) {
            case CLASSIFICATION -> Objects.requireNonNull(classes);
            case REGRESSION -> RegressionTarget.fit(targets, dealt.train(), task.preprocessing());
            case AUTOENCODER -> null;
        };
        Preprocessor preprocessor = Preprocessor.fit(
                new TrainingPart(table, dealt.train(), MeanTargets.of(known, targets)),
                task.features(),
                task.preprocessing(),
                task.embedded(),
                cancellationCheck);
        TargetEncoder target = known == null ? new ReconstructionTarget(preprocessor.width(), Double.NaN) : known;
        PreparedData data = new PreparedData(table, task, dealt, preprocessor, target, table.rows() - rows.length);
        data.requireWeight();
        return data;
    }
}
