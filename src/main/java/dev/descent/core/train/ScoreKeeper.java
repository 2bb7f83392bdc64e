package dev.descent.core.train;

import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.Matrix;

/** Adds up a score batch by batch; every example counts the same, whatever the size of its batch. */
abstract class ScoreKeeper {

    private long count;
    private double lossSum;

    static ScoreKeeper of(TargetEncoder target) {
        return target instanceof TargetEncoder.Amount amount ? new AmountKeeper(amount.deviation()) : new ClassKeeper();
    }

    /** @param meanLoss the mean loss of the batch's examples */
    final void add(Matrix outputs, Matrix targets, double meanLoss) {
        count += outputs.rows();
        lossSum += meanLoss * outputs.rows();
        add(outputs, targets);
    }

    final Score score() {
        return score(lossSum / count, count);
    }

    abstract void add(Matrix outputs, Matrix targets);

    abstract Score score(double loss, long examples);

    private static final class ClassKeeper extends ScoreKeeper {

        private long correct;

        @Override
        void add(Matrix outputs, Matrix targets) {
            for (int row = 0; row < outputs.rows(); row++) {
                if (mostProbable(outputs, row) == (int) targets.get(row)) {
                    correct++;
                }
            }
        }

        @Override
        Score score(double loss, long examples) {
            return new Score(loss, (double) correct / examples, null, null);
        }
    }

    /** The place of the largest logit of a row; the first of several. */
    static int mostProbable(Matrix logits, int row) {
        int best = 0;
        for (int k = 1; k < logits.columns(); k++) {
            if (logits.get(row, k) > logits.get(row, best)) {
                best = k;
            }
        }
        return best;
    }

    private static final class AmountKeeper extends ScoreKeeper {

        private final double deviation;
        private double squaredErrors;
        private double targetSum;
        private double targetSquares;

        AmountKeeper(double deviation) {
            this.deviation = deviation;
        }

        @Override
        void add(Matrix outputs, Matrix targets) {
            for (int i = 0; i < outputs.size(); i++) {
                double target = targets.get(i);
                double error = outputs.get(i) - target;
                squaredErrors += error * error;
                targetSum += target;
                targetSquares += target * target;
            }
        }

        @Override
        Score score(double loss, long examples) {
            double total = targetSquares - targetSum * targetSum / examples;
            double r2 = total > 1e-12 * targetSquares ? 1 - squaredErrors / total : Double.NaN;
            return new Score(loss, null, deviation * Math.sqrt(squaredErrors / examples), r2);
        }
    }
}
