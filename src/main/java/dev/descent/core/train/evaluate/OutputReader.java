package dev.descent.core.train.evaluate;

import dev.descent.core.data.TargetEncoder;
import dev.descent.core.math.Matrix;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Wiring;

/** Turns one row of a network's outputs into a prediction. */
@FunctionalInterface
interface OutputReader {

    /** @param examples the encoded rows that the outputs belong to */
    Prediction read(Matrix examples, Matrix outputs, int row);

    static OutputReader of(TrainedModel model, Network network) {
        if (model.target() instanceof TargetEncoder.Classes classes) {
            return (examples, outputs, row) -> new Prediction.Label(
                    classes.labels().get(ClassOutputs.mostProbable(outputs, row)),
                    classes.labels(),
                    ClassOutputs.probabilities(outputs, row));
        }
        if (model.target() instanceof TargetEncoder.Amounts amounts) {
            return (examples, outputs, row) -> amounts(amounts, outputs, row);
        }
        TargetEncoder.Reconstruction target = (TargetEncoder.Reconstruction) model.target();
        int bottleneck = bottleneck(model.wiring());
        return (examples, outputs, row) -> {
            double error = squaredDifference(examples, outputs, row);
            double[] embedding = bottleneck < 0 ? new double[0] : row(network.outputOf(bottleneck), row);
            return new Prediction.Reconstruction(error, embedding, error >= target.threshold());
        };
    }

    private static Prediction amounts(TargetEncoder.Amounts amounts, Matrix outputs, int row) {
        double[] values = row(outputs, row);
        for (int target = 0; target < values.length; target++) {
            values[target] = amounts.amounts().get(target).decode(values[target]);
        }
        return new Prediction.Amounts(amounts.names(), values);
    }

    private static double[] row(Matrix matrix, int row) {
        double[] values = new double[matrix.columns()];
        for (int column = 0; column < values.length; column++) {
            values[column] = matrix.get(row, column);
        }
        return values;
    }

    /** The mean over the columns. */
    static double squaredDifference(Matrix a, Matrix b, int row) {
        double sum = 0;
        for (int column = 0; column < a.columns(); column++) {
            double difference = a.get(row, column) - b.get(row, column);
            sum += difference * difference;
        }
        return sum / a.columns();
    }

    /** The last of the narrowest nodes before the output; −1 where there is none. */
    private static int bottleneck(Wiring wiring) {
        int narrowest = -1;
        for (int node = 0; node < wiring.nodes().size(); node++) {
            boolean isCandidate = node != wiring.output();
            if (isCandidate
                    && (narrowest < 0
                            || wiring.nodes().get(node).width()
                                    <= wiring.nodes().get(narrowest).width())) {
                narrowest = node;
            }
        }
        return narrowest;
    }
}
