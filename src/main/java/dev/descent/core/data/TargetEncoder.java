package dev.descent.core.data;

import java.util.List;
import java.util.function.Function;

/** Turns the target column into what a loss compares with, and a network's output back into the target's own terms. */
public sealed interface TargetEncoder permits ClassificationTarget, RegressionTarget, ReconstructionTarget {

    /** The number of classes, or of numbers to predict. */
    int outputs();

    /** How many numbers of its own an example is compared with; none where it is compared with its inputs. */
    int columns();

    /**
     * The targets of all rows: {@link #columns} arrays with one number a row, which is NaN where the cell is missing.
     */
    List<double[]> encode(List<Column> columns);

    /** What the classes are called, by number; empty where there are none. */
    default List<String> labels() {
        return List.of();
    }

    /** Whether a larger encoded number means more of something. */
    default boolean isOrdered() {
        return true;
    }

    /** What the kind of this target makes of it. */
    <T> T match(
            Function<ClassificationTarget, T> classification,
            Function<RegressionTarget, T> regression,
            Function<ReconstructionTarget, T> reconstruction);
}
