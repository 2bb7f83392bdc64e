package dev.descent.core.train.examples;

import dev.descent.core.data.Column;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.data.TrainingPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The targets of a task as a mean can be taken of them; encoded only when the first is asked for. */
final class MeanTargets implements TrainingPart.TargetValues {

    private final TargetEncoder target;
    private final List<Column> columns;
    private @Nullable List<double[]> encoded;

    private MeanTargets(TargetEncoder target, List<Column> columns) {
        this.target = target;
        this.columns = columns;
    }

    /** @param target null for one that is not known before the inputs are */
    static TrainingPart.TargetValues of(@Nullable TargetEncoder target, List<Column> columns) {
        return target == null || target.columns() == 0 ? NONE : new MeanTargets(target, columns);
    }

    private boolean isOfClasses() {
        return Task.of(target) == Task.CLASSIFICATION;
    }

    /** Of two classes, the share of one says that of the other. */
    @Override
    public int count() {
        return isOfClasses() && target.outputs() <= 2 ? 1 : target.outputs();
    }

    @Override
    public double of(int row, int index) {
        if (!isOfClasses()) {
            return values().get(index)[row];
        }
        int wanted = target.outputs() == 2 ? 1 : index;
        return values().get(0)[row] == wanted ? 1 : 0;
    }

    private List<double[]> values() {
        if (encoded == null) {
            encoded = target.encode(columns);
        }
        return encoded;
    }
}
