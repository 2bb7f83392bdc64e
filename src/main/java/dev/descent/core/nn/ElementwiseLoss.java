package dev.descent.core.nn;

import org.jspecify.annotations.Nullable;

/** What losses share that compare element by element: L = mean over all elements of ℓ(o, t). Targets have the shape of the outputs. */
abstract class ElementwiseLoss implements Loss {

    /** ℓ(o, t). */
    abstract double value(double output, double target);

    /** ∂ℓ/∂o. */
    abstract double slope(double output, double target);

    @Override
    public final double evaluate(Matrix outputs, Matrix targets, @Nullable Matrix weights, Matrix gradient) {
        int rows = outputs.rows();
        int columns = outputs.columns();
        double weightSum = Loss.weightSum(weights, rows);
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            double share = Loss.share(weights, rows, row, weightSum) / columns;
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
