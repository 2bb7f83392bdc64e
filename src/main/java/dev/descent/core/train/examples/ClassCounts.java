package dev.descent.core.train.examples;

import dev.descent.core.Count;
import dev.descent.core.Excerpt;
import dev.descent.core.data.split.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How many rows of each class each part has.
 *
 * @param labels of the classes
 * @param train by class, as are the others
 * @param hasValidation whether there is such a part
 * @param hasTest likewise
 */
record ClassCounts(
        List<String> labels, int[] train, int[] validation, int[] test, boolean hasValidation, boolean hasTest) {

    /** A class with fewer training rows, compared with the most frequent one, is rare. */
    private static final double RARE = 0.1;

    /** @param classes the class of each row of the table */
    static ClassCounts of(List<String> labels, double[] classes, Split split) {
        return new ClassCounts(
                labels,
                count(labels.size(), classes, split.train()),
                count(labels.size(), classes, split.validation()),
                count(labels.size(), classes, split.test()),
                split.validation().length > 0,
                split.test().length > 0);
    }

    private static int[] count(int labels, double[] classes, int[] rows) {
        int[] counts = new int[labels];
        for (int row : rows) {
            counts[(int) classes[row]]++;
        }
        return counts;
    }

    /** Classes with few training rows. */
    List<String> imbalance() {
        int most = IntStream.of(train).max().orElse(0);
        return IntStream.range(0, labels.size())
                .filter(label -> train[label] > 0 && train[label] < RARE * most)
                .mapToObj(label -> "Class \"%s\" has %s where the most frequent class has %d"
                        .formatted(labels.get(label), Count.of(train[label], "training row"), most))
                .toList();
    }

    /** Classes that a part has no row of. */
    List<String> absence() {
        List<String> warnings = new ArrayList<>();
        IntPredicate learnt = label -> train[label] > 0;
        IntPredicate notValidated = label -> hasValidation && validation[label] == 0;
        IntPredicate notTested = label -> hasTest && test[label] == 0;
        add(learnt.negate(), "no row in the training part, from which nothing can learn %s", warnings);
        if (hasValidation && hasTest) {
            add(
                    learnt.and(notValidated).and(notTested),
                    "rows in the training part alone, so validation and test cannot score %s",
                    warnings);
        }
        add(
                learnt.and(notValidated).and(label -> !hasTest || test[label] > 0),
                "no row in the validation part, which cannot score %s",
                warnings);
        add(
                learnt.and(notTested).and(label -> !hasValidation || validation[label] > 0),
                "no row in the test part, which cannot score %s",
                warnings);
        return warnings;
    }

    /**
     * Classes that some folds cannot score or learn.
     *
     * @param folds the counts of each; what a fold holds out is its validation part
     */
    static List<String> absenceInFolds(List<ClassCounts> folds) {
        ClassCounts any = folds.get(0);
        List<String> warnings = new ArrayList<>();
        any.add(
                label -> folds.stream().anyMatch(fold -> fold.train[label] == 0),
                "all rows in one fold, which cannot learn %s",
                warnings);
        any.add(
                label -> folds.stream().allMatch(fold -> fold.train[label] > 0)
                        && folds.stream().anyMatch(fold -> fold.validation[label] == 0),
                "no row in some folds, which cannot score %s",
                warnings);
        return warnings;
    }

    private void add(IntPredicate affected, String text, List<String> warnings) {
        List<String> classes = IntStream.range(0, labels.size())
                .filter(affected)
                .mapToObj(label -> "\"%s\" (%s)".formatted(Excerpt.of(labels.get(label)), Count.of(rows(label), "row")))
                .toList();
        if (classes.size() == 1) {
            warnings.add("Class %s has %s".formatted(classes.get(0), text.formatted("it")));
        } else if (!classes.isEmpty()) {
            warnings.add("Classes %s have %s".formatted(Excerpt.of(classes, "classes"), text.formatted("them")));
        }
    }

    private int rows(int label) {
        return train[label] + validation[label] + test[label];
    }
}
