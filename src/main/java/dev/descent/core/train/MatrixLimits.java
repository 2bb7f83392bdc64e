package dev.descent.core.train;

import dev.descent.core.Excerpt;
import dev.descent.core.Sizes;
import dev.descent.core.math.Matrix;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.examples.DataSize;
import dev.descent.core.train.examples.DataViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether every matrix of a training run is one that can exist, {@link Matrix#MAX_ELEMENTS}. Much memory does not make
 * a matrix larger, so this is not a matter of {@link MemoryEstimate}.
 */
public final class MatrixLimits {

    private MatrixLimits() {}

    /** What is too large; upper bounds if the plan and the size are upper bounds. */
    public static List<DataViolation> violations(TrainingPlan plan, DataSize data) {
        List<DataViolation> violations = new ArrayList<>();
        int train = data.parts().train();
        boolean isOnDisk = plan.hyperparameters().shuffle() == Shuffle.BLOCKS;
        if (!isOnDisk) {
            check(
                    "features",
                    "the training part of %,d rows with %,d inputs each",
                    train,
                    plan.wiring().inputWidth(),
                    "",
                    violations);
        }
        check(
                "target",
                "the training part of %,d rows with %,d targets each",
                train,
                plan.target().columns(),
                "",
                violations);
        int batch = plan.hyperparameters().batchSize().within(train);
        for (Wiring.Node node : plan.wiring().nodes()) {
            check(
                    "hyperparameters/batch_size",
                    "a batch of %,d rows with %,d outputs each of \"%s\"",
                    batch,
                    node.width(),
                    node.spec().name(),
                    violations);
        }
        return violations;
    }

    private static void check(
            String field, String what, int rows, int columns, String node, List<DataViolation> violations) {
        long elements = Sizes.product(rows, columns);
        if (elements > Matrix.MAX_ELEMENTS) {
            String matrix = String.format(Locale.ROOT, what, rows, columns, Excerpt.of(node));
            violations.add(new DataViolation(
                    field,
                    String.format(
                            Locale.ROOT,
                            "%s takes %,d numbers; accepted: up to %,d in one matrix",
                            matrix,
                            elements,
                            Matrix.MAX_ELEMENTS)));
        }
    }
}
