package dev.descent.core.nn.loss;

import dev.descent.core.math.Kernels;
import dev.descent.core.math.Matrix;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The common part of losses that compare element by element: L = mean over all elements of ℓ(o, t). Targets have the
 * shape of the outputs.
 */
abstract class ElementwiseLoss implements Loss {

    /** ℓ(o, t). */
    abstract double value(double output, double target);

    /** ∂ℓ/∂o. */
    abstract double slope(double output, double target);

    /** The constant output that minimises the mean loss over the targets of a column. */
    abstract double bestConstant(WeightedTargets targets, int column);

    @Override
    public final double[] bestConstant(Matrix targets, @Nullable Matrix weights, int outputs) {
        WeightedTargets weighted = new WeightedTargets(targets, weights);
        return IntStream.range(0, outputs)
                .mapToDouble(column -> bestConstant(weighted, column))
                .toArray();
    }

    @Override
    public final double evaluate(Kernels kernels, int from, int to, Batch batch) {
        Matrix outputs = batch.outputs();
        Matrix targets = batch.targets();
        Matrix gradient = batch.gradient();
        int columns = outputs.columns();
        double sum = 0;
        for (int row = from; row < to; row++) {
            double share = batch.share(row) / columns;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                double output = outputs.get(i);
                double target = targets.get(i);
                sum += share * value(output, target);
                gradient.set(i, share * slope(output, target));
            }
        }
        return sum;
    }
}
