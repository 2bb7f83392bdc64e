package dev.descent.core.train.examples;

import dev.descent.core.Count;
import dev.descent.core.data.ClassificationTarget;
import dev.descent.core.data.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds targets of a regression that are the same number in all rows, of several: there is nothing to learn. */
public final class ConstantTargets {

    private ConstantTargets() {}

    /**
     * @param target its index
     * @param rows that have a value
     */
    public static DataViolation violation(LearningTask task, int target, double value, long rows) {
        return violation(task, target, value, Count.of(rows, "row that has a value", "rows that have a value"));
    }

    private static DataViolation violation(LearningTask task, int target, double value, String rows) {
        return new DataViolation(
                task.targets().size() == 1 ? "target" : "target/" + target,
                "\"%s\" is %s in all %s; a target of a regression needs at least 2 values"
                        .formatted(task.targets().get(target), ClassificationTarget.label(value), rows));
    }

    /**
     * @param rows that have all targets
     * @param train those of the training part
     */
    static List<DataViolation> in(LearningTask task, List<Column> targets, int[] rows, int[] train) {
        List<DataViolation> violations = new ArrayList<>();
        for (int target = 0; target < targets.size(); target++) {
            Column.Numbers column = (Column.Numbers) targets.get(target);
            if (isConstant(column, rows)) {
                String counted = targets.size() == 1
                        ? Count.of(rows.length, "row that has a value", "rows that have a value")
                        : Count.of(rows.length, "row that has every target", "rows that have every target");
                violations.add(violation(task, target, column.value(rows[0]), counted));
            } else if (isConstant(column, train)) {
                violations.add(violation(
                        task, target, column.value(train[0]), Count.of(train.length, "row") + " of the training part"));
            }
        }
        return violations;
    }

    private static boolean isConstant(Column.Numbers column, int[] rows) {
        return rows.length > 1 && Arrays.stream(rows).allMatch(row -> column.value(row) == column.value(rows[0]));
    }
}
