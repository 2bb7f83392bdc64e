package dev.descent.core.train.examples;

import dev.descent.core.Count;
import dev.descent.core.data.ClassificationTarget;
import dev.descent.core.data.Column;
import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.ReconstructionTarget;
import dev.descent.core.data.RegressionTarget;
import dev.descent.core.data.Split;
import dev.descent.core.data.SplitSpec;
import dev.descent.core.data.Table;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.layer.BatchColumn;
import dev.descent.core.nn.layer.BatchColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table made ready: dealt out into three parts, with a preprocessor that was fitted to the training part alone.
 * Nothing is encoded yet.
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
        return prepare(table, task, () -> {});
    }

    /**
     * The same.
     *
     * @param cancellationCheck called again and again; it may end the work by an exception
     */
    public static PreparedData prepare(Table table, LearningTask task, Runnable cancellationCheck) {
        List<Column> targets = task.targets().stream()
                .map(name -> table.column(name).orElseThrow())
                .toList();
        int[] rows = IntStream.range(0, table.rows())
                .filter(row -> targets.stream().noneMatch(target -> target.isMissing(row)))
                .toArray();
        int[] strata = new int[rows.length];
        @Nullable ClassificationTarget classes = null;
        if (task.task() == Task.CLASSIFICATION) {
            classes = ClassificationTarget.of(targets.get(0));
            checkClasses(task.target(), classes, rows.length);
            checkClassWeights(task, classes);
            if (task.split().stratify()) {
                double[] numbers = classes.encode(targets.get(0));
                Arrays.setAll(strata, index -> (int) numbers[rows[index]]);
            }
        }
        checkWeights(table, task, rows);
        cancellationCheck.run();
        Split split = Split.deal(rows, strata, task.split());
        checkParts(split, task.split(), rows.length);
        Preprocessor preprocessor = Preprocessor.fit(
                table, task.features(), split.train(), task.preprocessing(), task.embedded(), cancellationCheck);
        TargetEncoder target = switch (task.task()) {
            case CLASSIFICATION -> Objects.requireNonNull(classes);
            case REGRESSION -> RegressionTarget.fit(targets, split.train());
            case AUTOENCODER -> new ReconstructionTarget(preprocessor.width(), Double.NaN);
        };
        return new PreparedData(table, task, split, preprocessor, target, table.rows() - rows.length);
    }

    private static void checkClassWeights(LearningTask task, ClassificationTarget classes) {
        ClassWeights weights = task.classWeights();
        if (weights == null) {
            return;
        }
        List<DataViolation> violations = weights.byLabel().keySet().stream()
                .filter(label -> !classes.labels().contains(label))
                .map(label -> new DataViolation(
                        "hyperparameters/class_weights",
                        "class_weights names \"%s\"; accepted: %s".formatted(label, shortened(classes.labels()))))
                .toList();
        if (!violations.isEmpty()) {
            throw new InvalidDataException(violations);
        }
    }

    private static String shortened(List<String> labels) {
        String listed = labels.stream().limit(20).collect(Collectors.joining(", "));
        return labels.size() > 20 ? listed + " … (%d classes)".formatted(labels.size()) : listed;
    }

    private static void checkWeights(Table table, LearningTask task, int[] rows) {
        if (task.weightColumn() == null) {
            return;
        }
        Column.Numbers weights = weightsOf(table, task.weightColumn());
        for (int row : rows) {
            if (!(weights.value(row) >= 0)) {
                throw new InvalidDataException(List.of(new DataViolation(
                        "weight_column",
                        "Row %d has the weight %s; accepted: a number from 0 in every row"
                                .formatted(row + 1, weights.isMissing(row) ? "missing" : weights.value(row)))));
            }
        }
    }

    private static Column.Numbers weightsOf(Table table, String column) {
        return (Column.Numbers) table.column(column).orElseThrow();
    }

    private static void checkClasses(String target, ClassificationTarget classes, int rows) {
        int count = classes.labels().size();
        if (count < 2) {
            throw new InvalidDataException(List.of(new DataViolation(
                    "target",
                    count == 0
                            ? "\"%s\" has no value in any row; a target needs at least 2 classes".formatted(target)
                            : "\"%s\" has one class only, \"%s\", in %s; a target needs at least 2 classes"
                                    .formatted(target, classes.labels().get(0), Count.of(rows, "row")))));
        }
        if (count > MAX_CLASSES) {
            throw new InvalidDataException(List.of(new DataViolation(
                    "target", "\"%s\" has %d classes; at most %d are accepted".formatted(target, count, MAX_CLASSES))));
        }
    }

    private static final int ROWS_PER_CANCELLATION_CHECK = 1_000;

    /** The most classes of a target. */
    private static final int MAX_CLASSES = 10_000;

    /** How far to look for a number of rows that is enough. */
    private static final int MOST_MISSING = 1_000_000;

    private static void checkParts(Split split, SplitSpec spec, int rows) {
        List<DataViolation> violations = new ArrayList<>();
        SplitSpec shares = spec.normalized();
        checkPart("train", split.train(), shares.train(), rows, spec, violations);
        checkPart("validation", split.validation(), shares.validation(), rows, spec, violations);
        checkPart("test", split.test(), shares.test(), rows, spec, violations);
        if (!violations.isEmpty()) {
            throw new InvalidDataException(violations);
        }
    }

    private static void checkPart(
            String part, int[] members, double share, int rows, SplitSpec spec, List<DataViolation> violations) {
        if (share > 0 && members.length == 0) {
            violations.add(new DataViolation(
                    "split/" + part,
                    "%s for the %s part at a share of %s; %s"
                            .formatted(
                                    Count.of(rows, "row leaves none", "rows leave none"),
                                    part,
                                    share,
                                    remedy(rows, spec))));
        }
    }

    private static String remedy(int rows, SplitSpec spec) {
        int least = IntStream.range(rows, rows + MOST_MISSING)
                .filter(enough -> Split.fillsParts(enough, spec))
                .findFirst()
                .orElse(rows + MOST_MISSING);
        return least > rows
                ? "at least %s needed".formatted(Count.of(least, "row is", "rows are"))
                : "more rows of a class are needed, since the last of each is trained on";
    }

    /** What the columns of encoded inputs mean to a network. */
    public BatchColumns columns() {
        return columnsOf(preprocessor);
    }

    /** What the columns of the inputs that a preprocessor makes mean to a network. */
    public static BatchColumns columnsOf(Preprocessor preprocessor) {
        return new BatchColumns(preprocessor.encoders().stream()
                .map(encoder -> new BatchColumn(encoder.name(), encoder.width(), encoder.levelNumbers()))
                .toList());
    }

    /** Encodes the given rows. */
    public Examples encode(int[] rows, Precision precision) {
        return encode(rows, precision, () -> {});
    }

    /**
     * Encodes the given rows.
     *
     * @param cancellationCheck called again and again; it may end the work by an exception
     */
    public Examples encode(int[] rows, Precision precision, Runnable cancellationCheck) {
        Matrix inputs = Matrix.zeros(precision, rows.length, preprocessor.width());
        try {
            encodeInputs(rows, inputs, cancellationCheck);
            return new Examples(inputs, targets(rows, inputs), weights(rows, precision));
        } catch (RuntimeException | Error failure) {
            inputs.close();
            throw failure;
        }
    }

    private void encodeInputs(int[] rows, Matrix inputs, Runnable cancellationCheck) {
        Preprocessor.RowEncoder encoder = preprocessor.bind(table);
        double[] row = new double[preprocessor.width()];
        for (int i = 0; i < rows.length; i++) {
            if (i % ROWS_PER_CANCELLATION_CHECK == 0) {
                cancellationCheck.run();
            }
            encoder.encode(rows[i], row, Preprocessor.FindingListener.NONE);
            inputs.setRow(i, row);
        }
    }

    private Matrix targets(int[] rows, Matrix inputs) {
        if (target.columns() == 0) {
            return inputs;
        }
        List<double[]> columns = target.encode(task.targets().stream()
                .map(name -> table.column(name).orElseThrow())
                .toList());
        Matrix targets = Matrix.zeros(inputs.precision(), rows.length, columns.size());
        for (int i = 0; i < rows.length; i++) {
            for (int column = 0; column < columns.size(); column++) {
                targets.set(i, column, columns.get(column)[rows[i]]);
            }
        }
        return targets;
    }

    private @Nullable Matrix weights(int[] rows, Precision precision) {
        if (!isWeighted()) {
            return null;
        }
        Column.Numbers ofRows = task.weightColumn() == null ? null : weightsOf(table, task.weightColumn());
        double[] ofClasses = classWeights();
        double[] classes = ofClasses == null ? null : classNumbers();
        Matrix weights = Matrix.zeros(precision, rows.length, 1);
        for (int i = 0; i < rows.length; i++) {
            double ofRow = ofRows == null ? 1 : ofRows.value(rows[i]);
            double ofClass = ofClasses == null || classes == null ? 1 : ofClasses[(int) classes[rows[i]]];
            weights.set(i, ofRow * ofClass);
        }
        return weights;
    }

    /** Whether examples don't all count the same. */
    public boolean isWeighted() {
        return task.weightColumn() != null || task.classWeights() != null;
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
