package dev.descent.core.train.examples;

import dev.descent.core.data.Column;
import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.Table;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.data.TrainingPart;
import dev.descent.core.data.split.Split;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.layer.BatchColumn;
import dev.descent.core.nn.layer.BatchColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A table split into three parts, with a preprocessor fitted to the training part alone. Nothing is encoded yet.
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

    /** @throws InvalidDataException if the task cannot be learnt from the table */
    public static PreparedData prepare(Table table, LearningTask task) {
        return prepare(table, task, () -> {});
    }

    /**
     * The same.
     *
     * @param cancellationCheck called repeatedly; may throw to stop the work
     */
    public static PreparedData prepare(Table table, LearningTask task, Runnable cancellationCheck) {
        LearnableRows rows = LearnableRows.of(table, task, cancellationCheck);
        return rows.prepare(rows.split(0), cancellationCheck);
    }

    /** The loss of a part whose weights add up to 0 would be 0, whatever the network predicts. */
    void requireWeight() {
        IntToDoubleFunction weightOf = weightOfRow();
        List<DataViolation> violations = new ArrayList<>();
        if (weightOf != null) {
            requireWeight("training", split.train(), weightOf, violations);
            requireWeight("validation", split.validation(), weightOf, violations);
            requireWeight("test", split.test(), weightOf, violations);
        }
        if (!violations.isEmpty()) {
            throw new InvalidDataException(violations);
        }
    }

    private void requireWeight(String part, int[] rows, IntToDoubleFunction weightOf, List<DataViolation> violations) {
        // As in the matrix: a weight too small for single precision is none.
        if (rows.length > 0 && Arrays.stream(rows).allMatch(row -> (float) weightOf.applyAsDouble(row) == 0)) {
            violations.add(new DataViolation(
                    task.weightColumn() == null ? "hyperparameters/class_weights" : "weight_column",
                    "The weights are 0 in all %d rows of the %s part; accepted: above 0 in some of each part"
                            .formatted(rows.length, part)));
        }
    }

    static Column.Numbers weightsOf(Table table, String column) {
        return (Column.Numbers) table.column(column).orElseThrow();
    }

    private static final int ROWS_PER_CANCELLATION_CHECK = 1_000;

    /** What determines how much memory a job takes. */
    public DataSize size() {
        return new DataSize(
                table.rows(),
                table.heapBytes(),
                (long) table.rows() - withoutTarget,
                split.sizes(),
                task.targets().size(),
                isWeighted(),
                task.split().crossValidation() != null,
                task.split().members(),
                true);
    }

    /** The rows of the validation part. */
    public HeldOutRows heldOut() {
        int[] rows = split.validation();
        if (task.task() == Task.CLASSIFICATION) {
            double[] numbers = classNumbers();
            return HeldOutRows.of(rows, List.of(row -> numbers[row]));
        }
        return HeldOutRows.of(
                rows,
                targetColumns().stream()
                        .<IntToDoubleFunction>map(column -> ((Column.Numbers) column)::value)
                        .toList());
    }

    /** What the columns of encoded inputs mean to a network. */
    public BatchColumns columns() {
        return columnsOf(preprocessor);
    }

    /** What the columns of a preprocessor's output mean to a network. */
    public static BatchColumns columnsOf(Preprocessor preprocessor) {
        return new BatchColumns(preprocessor.encoders().stream()
                .map(encoder -> new BatchColumn(encoder.name(), encoder.width(), encoder.levelNumbers()))
                .toList());
    }

    public Examples encode(int[] rows, Precision precision) {
        return encode(rows, precision, () -> {});
    }

    /**
     * Encodes the given rows, as any that the preprocessor has not seen.
     *
     * @param cancellationCheck called repeatedly; may throw to stop the work
     */
    public Examples encode(int[] rows, Precision precision, Runnable cancellationCheck) {
        return encode(rows, preprocessor.bind(table), precision, cancellationCheck);
    }

    /**
     * Encodes the training part, to which the preprocessor was fitted.
     *
     * @param cancellationCheck called repeatedly; may throw to stop the work
     */
    public Examples encodeTraining(Precision precision, Runnable cancellationCheck) {
        return encode(split.train(), preprocessor.bindTraining(trainingPart()), precision, cancellationCheck);
    }

    private List<Column> targetColumns() {
        return task.targets().stream()
                .map(name -> table.column(name).orElseThrow())
                .toList();
    }

    /** Receives encoded inputs. */
    @FunctionalInterface
    public interface InputSink {

        /**
         * @param index of the example in its part
         * @param inputs valid until the next call
         */
        void accept(int index, double[] inputs);
    }

    /**
     * Encodes the inputs of a part, one example after another.
     *
     * @param cancellationCheck called repeatedly; may throw to stop the work
     */
    public void encodeInputs(int[] rows, InputSink sink, Runnable cancellationCheck) {
        encodeInputs(rows, preprocessor.bind(table), sink, cancellationCheck);
    }

    /** The same for the training part, to which the preprocessor was fitted. */
    public void encodeTrainingInputs(InputSink sink, Runnable cancellationCheck) {
        encodeInputs(split.train(), preprocessor.bindTraining(trainingPart()), sink, cancellationCheck);
    }

    private TrainingPart trainingPart() {
        return new TrainingPart(table, split.train(), MeanTargets.of(target, targetColumns()));
    }

    private void encodeInputs(int[] rows, Preprocessor.RowEncoder encoder, InputSink sink, Runnable cancellationCheck) {
        double[] row = new double[preprocessor.width()];
        for (int i = 0; i < rows.length; i++) {
            if (i % ROWS_PER_CANCELLATION_CHECK == 0) {
                cancellationCheck.run();
            }
            encoder.encode(rows[i], row, Preprocessor.FindingListener.NONE);
            sink.accept(i, row);
        }
    }

    private Examples encode(
            int[] rows, Preprocessor.RowEncoder encoder, Precision precision, Runnable cancellationCheck) {
        Matrix inputs = Matrix.zeros(precision, rows.length, preprocessor.width());
        try {
            encodeInputs(rows, encoder, inputs::setRow, cancellationCheck);
            Matrix targets = targets(rows, precision);
            return new Examples(inputs, targets == null ? inputs : targets, weights(rows, precision));
        } catch (RuntimeException | Error failure) {
            inputs.close();
            throw failure;
        }
    }

    /** The encoded targets of some rows; null if they are the inputs. */
    public @Nullable Matrix targets(int[] rows, Precision precision) {
        if (target.columns() == 0) {
            return null;
        }
        List<double[]> columns = target.encode(targetColumns());
        Matrix targets = Matrix.zeros(precision, rows.length, columns.size());
        for (int i = 0; i < rows.length; i++) {
            for (int column = 0; column < columns.size(); column++) {
                targets.set(i, column, columns.get(column)[rows[i]]);
            }
        }
        return targets;
    }

    /** The weights of some rows in the loss; null if all count equally. */
    public @Nullable Matrix weights(int[] rows, Precision precision) {
        IntToDoubleFunction weightOf = weightOfRow();
        if (weightOf == null) {
            return null;
        }
        Matrix weights = Matrix.zeros(precision, rows.length, 1);
        for (int i = 0; i < rows.length; i++) {
            weights.set(i, weightOf.applyAsDouble(rows[i]));
        }
        return weights;
    }

    private @Nullable IntToDoubleFunction weightOfRow() {
        if (!isWeighted()) {
            return null;
        }
        Column.Numbers ofRows = task.weightColumn() == null ? null : weightsOf(table, task.weightColumn());
        double[] ofClasses = classWeights();
        double[] classes = ofClasses == null ? null : classNumbers();
        return row -> {
            double ofRow = ofRows == null ? 1 : ofRows.value(row);
            double ofClass = ofClasses == null || classes == null ? 1 : ofClasses[(int) classes[row]];
            return ofRow * ofClass;
        };
    }

    /** Whether examples have weights. */
    public boolean isWeighted() {
        return task.isWeighted();
    }

    private double @Nullable [] classWeights() {
        if (task.classWeights() == null || target.labels().isEmpty()) {
            return null;
        }
        long[] counts = new long[target.labels().size()];
        double[] numbers = classNumbers();
        Arrays.stream(split.train()).forEach(row -> counts[(int) numbers[row]]++);
        return task.classWeights().weights(target.labels(), counts);
    }

    private double[] classNumbers() {
        return target.encode(List.of(table.column(task.target()).orElseThrow())).get(0);
    }
}
