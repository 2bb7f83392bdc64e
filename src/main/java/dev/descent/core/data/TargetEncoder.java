package dev.descent.core.data;

import java.util.List;
import java.util.function.Function;

/**
 * Turns target columns into what a loss compares outputs with, and network outputs back into the target's own terms.
 */
public sealed interface TargetEncoder permits ClassificationTarget, RegressionTarget, ReconstructionTarget {

    /** The number of classes, or of numbers to predict. */
    int outputs();

    /** How many target numbers each example has; 0 if it is compared with its own inputs. */
    int columns();

    /** The targets of all rows: {@link #columns} arrays with one number per row, NaN where the cell is missing. */
    List<double[]> encode(List<Column> columns);

    /** The class labels by index; empty if there are no classes. */
    default List<String> labels() {
        return List.of();
    }

    /** Whether a larger encoded number means more of something. */
    default boolean isOrdered() {
        return true;
    }

    /** Applies the function for this kind of target. */
    <T> T match(
            Function<ClassificationTarget, T> classification,
            Function<RegressionTarget, T> regression,
            Function<ReconstructionTarget, T> reconstruction);
}
