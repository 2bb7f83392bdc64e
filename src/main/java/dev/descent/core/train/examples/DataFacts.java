package dev.descent.core.train.examples;

import dev.descent.core.Count;
import dev.descent.core.Excerpt;
import dev.descent.core.data.split.PartSizes;
import dev.descent.core.data.split.SplitSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the data of a learning task: all of this once the data has been read, before that what a profile
 * says. Null means unknown, or irrelevant to the task.
 *
 * @param rows with a target
 * @param splitKey null if rows are split by no column
 */
public record DataFacts(
        @Nullable Integer rows,
        @Nullable Classes classes,
        @Nullable Weights weights,
        @Nullable PartSizes parts,
        @Nullable SplitKey splitKey) {

    /** The maximum number of classes of a target. */
    public static final int MAX_CLASSES = 10_000;

    /** The maximum weight of a row. With that of its class, single precision still holds the sum of all. */
    private static final double MAX_WEIGHT = 1e12;

    /**
     * The classes of a target.
     *
     * @param count the number of classes; a lower bound unless {@code exact}
     * @param labels null if unknown
     */
    public record Classes(
            int count, boolean exact, @Nullable List<String> labels) {

        public static Classes of(List<String> labels) {
            return new Classes(labels.size(), true, labels);
        }
    }

    /**
     * The weights of the rows with a target.
     *
     * @param missing the number of rows without a weight
     * @param min the smallest weight
     * @param max the largest weight
     */
    public record Weights(long missing, double min, double max) {}

    /** Why the task cannot be learnt from the data, as far as is known. */
    public List<DataViolation> violations(LearningTask task) {
        List<DataViolation> violations = new ArrayList<>();
        if (classes != null) {
            checkClasses(task, classes, violations);
        }
        if (!violations.isEmpty()) {
            // With an unusable number of classes, all other violations are just consequences.
            return violations;
        }
        if (classes != null && classes.labels() != null) {
            checkClassWeights(task, classes.labels(), violations);
        }
        if (weights != null) {
            checkWeights(task, weights, violations);
        }
        SplitSpec.Key key = task.split().key();
        if (splitKey != null && key != null && !splitKey.isSound()) {
            // Which parts are empty is a consequence.
            violations.addAll(splitKey.violations(key));
        } else if (rows != null) {
            violations.addAll(PartRules.ofRows(task.split(), rows));
            if (parts != null) {
                violations.addAll(PartRules.violations(task.split(), rows, parts));
            }
        }
        return violations;
    }

    private void checkClasses(LearningTask task, Classes classes, List<DataViolation> violations) {
        String target = task.target();
        List<String> labels = classes.labels();
        if (classes.count() > MAX_CLASSES) {
            violations.add(new DataViolation(
                    "target",
                    "\"%s\" has %s%d classes; at most %d are accepted"
                            .formatted(target, classes.exact() ? "" : "at least ", classes.count(), MAX_CLASSES)));
        } else if (classes.exact() && classes.count() == 0) {
            violations.add(new DataViolation(
                    "target", "\"%s\" has no value in any row; a target needs at least 2 classes".formatted(target)));
        } else if (classes.exact() && classes.count() == 1 && labels != null && rows != null) {
            violations.add(new DataViolation(
                    "target",
                    "\"%s\" has one class only, \"%s\", in %s; a target needs at least 2 classes"
                            .formatted(target, labels.get(0), Count.of(rows, "row"))));
        }
    }

    private static void checkClassWeights(LearningTask task, List<String> labels, List<DataViolation> violations) {
        ClassWeights weights = task.classWeights();
        if (weights == null) {
            return;
        }
        Set<String> known = Set.copyOf(labels);
        weights.byLabel().keySet().stream()
                .filter(label -> !known.contains(label))
                .map(label -> new DataViolation(
                        "hyperparameters/class_weights",
                        "class_weights names \"%s\"; accepted: %s"
                                .formatted(Excerpt.of(label), Excerpt.of(labels, "classes"))))
                .forEach(violations::add);
        List<String> counting =
                labels.stream().filter(label -> weights.weight(label) > 0).toList();
        if (violations.isEmpty() && counting.size() < 2) {
            violations.add(new DataViolation(
                    "hyperparameters/class_weights",
                    "class_weights are 0 for %s; accepted: a weight above 0 for at least 2 classes"
                            .formatted(
                                    counting.isEmpty()
                                            ? "all classes"
                                            : "all classes but \"%s\"".formatted(Excerpt.of(counting.get(0))))));
        }
    }

    private static void checkWeights(LearningTask task, Weights weights, List<DataViolation> violations) {
        String accepted = "accepted: a number from 0 to %.0e in every row, above 0 in some".formatted(MAX_WEIGHT);
        if (weights.missing() > 0) {
            violations.add(new DataViolation(
                    "weight_column",
                    "\"%s\" is missing in %s; %s"
                            .formatted(task.weightColumn(), Count.of(weights.missing(), "row"), accepted)));
        }
        if (weights.min() < 0) {
            violations.add(new DataViolation(
                    "weight_column",
                    "\"%s\" goes down to %s; %s".formatted(task.weightColumn(), weights.min(), accepted)));
        }
        if (weights.max() > MAX_WEIGHT) {
            violations.add(new DataViolation(
                    "weight_column",
                    "\"%s\" goes up to %s; %s".formatted(task.weightColumn(), weights.max(), accepted)));
        } else if (weights.max() == 0 && weights.min() == 0) {
            violations.add(new DataViolation(
                    "weight_column", "\"%s\" is 0 in every row; %s".formatted(task.weightColumn(), accepted)));
        }
    }
}
