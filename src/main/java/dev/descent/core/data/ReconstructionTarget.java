package dev.descent.core.data;

import dev.descent.core.Name;
import java.util.List;
import java.util.function.Function;

/**
 * The inputs themselves.
 *
 * @param outputs as many as there are inputs
 * @param threshold the smallest reconstruction error that makes a row an anomaly; NaN until it has been learnt
 */
@Name("reconstruction")
public record ReconstructionTarget(
        @Name("outputs") int outputs, @Name("threshold") double threshold) implements TargetEncoder {

    @Override
    public int columns() {
        return 0;
    }

    @Override
    public <T> T match(
            Function<ClassificationTarget, T> classification,
            Function<RegressionTarget, T> regression,
            Function<ReconstructionTarget, T> reconstruction) {
        return reconstruction.apply(this);
    }

    public ReconstructionTarget withThreshold(double learnt) {
        return new ReconstructionTarget(outputs, learnt);
    }

    @Override
    public List<double[]> encode(List<Column> columns) {
        return List.of();
    }
}
