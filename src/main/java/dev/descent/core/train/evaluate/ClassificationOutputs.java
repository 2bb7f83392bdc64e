package dev.descent.core.train.evaluate;

import dev.descent.core.data.ClassificationTarget;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.loss.LossSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Logits, decoded by {@link ClassOutputs}. */
record ClassificationOutputs(ClassificationTarget target) implements TaskOutputs {

    /**
     * For each pair of classes in each confusion matrix: its count as an int, in a list, as a JSON node and as text on
     * the way to the database.
     */
    private static final int BYTES_OF_A_CONFUSION = 48;

    @Override
    public ScoreKeeper scores(ThreadTeam team) {
        return new Scores(team);
    }

    @Override
    public OutputReader reader(Network network) {
        return (examples, outputs, row) -> decode(outputs, row);
    }

    private Prediction decode(Matrix outputs, int row) {
        return new Prediction.Classification(
                target.labels().get(ClassOutputs.mostProbable(outputs, row)),
                target.labels(),
                ClassOutputs.probabilities(outputs, row));
    }

    @Override
    public int keptNumbers(int outputWidth) {
        return outputWidth;
    }

    @Override
    public void keep(Matrix targets, Matrix outputs, int row, NumberSink sink) {
        sink.putRow(outputs, row);
    }

    @Override
    public Prediction kept(Matrix numbers) {
        return decode(numbers, 0);
    }

    @Override
    public LossSpec plainLoss(int outputWidth) {
        return outputWidth == 1 ? new LossSpec.BinaryCrossEntropySpec() : LossSpec.SoftmaxCrossEntropySpec.DEFAULT;
    }

    @Override
    public Evaluation evaluate(Measurement measurement) {
        int rows = measurement.examples().count();
        int count = target.labels().size();
        int[][] confusion = new int[count][count];
        double[] lossSum = new double[1];
        measurement.forEachBatch((outputs, targets, weights, meanLoss) -> {
            lossSum[0] += meanLoss * outputs.rows();
            for (int row = 0; row < outputs.rows(); row++) {
                confusion[(int) targets.get(row)][ClassOutputs.mostProbable(outputs, row)]++;
            }
        });
        int correct = 0;
        List<List<Integer>> counts = new ArrayList<>();
        for (int label = 0; label < count; label++) {
            correct += confusion[label][label];
            counts.add(Arrays.stream(confusion[label]).boxed().toList());
        }
        return new Evaluation.Classification(
                rows,
                (double) correct / rows,
                lossSum[0] / rows,
                new Evaluation.ConfusionMatrix(target.labels(), counts));
    }

    @Override
    public TargetEncoder learn(Measurement trainingPart) {
        return target;
    }

    @Override
    public boolean learns() {
        return false;
    }

    @Override
    public long evaluationHeap(int trainRows, int measuredParts) {
        return (long) measuredParts * BYTES_OF_A_CONFUSION * target.outputs() * target.outputs();
    }

    /** Counts correct predictions. */
    private static final class Scores extends ScoreKeeper {

        private final ThreadTeam team;
        private long correct;

        Scores(ThreadTeam team) {
            this.team = team;
        }

        @Override
        void add(Matrix outputs, Matrix targets) {
            int grain = Math.max(1, ThreadTeam.LIGHT / outputs.columns());
            correct += (long) team.sum(outputs.rows(), grain, (kernels, from, to) -> {
                int right = 0;
                for (int row = from; row < to; row++) {
                    if (ClassOutputs.mostProbable(outputs, row) == (int) targets.get(row)) {
                        right++;
                    }
                }
                return right;
            });
        }

        @Override
        double[] sums() {
            return new double[] {correct};
        }

        @Override
        void rememberSums(double[] sums) {
            correct = (long) sums[0];
        }

        @Override
        Map<Score.Measure, Double> measures(long examples) {
            return Map.of(Score.Measure.ACCURACY, (double) correct / examples);
        }
    }
}
