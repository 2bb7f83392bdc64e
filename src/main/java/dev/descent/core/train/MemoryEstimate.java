package dev.descent.core.train;

import dev.descent.core.Sizes;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.NetworkMemory;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.evaluate.Baseline;
import dev.descent.core.train.evaluate.HeldOutPredictions;
import dev.descent.core.train.evaluate.Predictor;
import dev.descent.core.train.evaluate.TaskOutputs;
import dev.descent.core.train.examples.DataSize;
import dev.descent.core.train.examples.HeldOutRows;
import dev.descent.core.train.examples.MappedExamples;
import dev.descent.core.train.examples.PreparedData;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The peak memory of a training run, known before it starts: everything it will allocate outside the Java heap, and
 * what it needs at least on the heap. The two peaks need not coincide, but the JVM returns little of the heap to the
 * system, so the process grows by both.
 *
 * <p>This excludes what every process needs anyway (the JVM, the libraries' own buffers) and garbage that the collector
 * leaves in place while there is room.
 *
 * <p>Summed up in floating point, so a size beyond a {@code long} becomes the largest one.
 *
 * <p>Examples that are shuffled in blocks stay in files. What the system keeps of these in memory, while nothing else
 * needs it, belongs to no process and is not counted.
 *
 * @param offHeapBytes matrices: encoded examples, parameters, gradients, moments, best values, and the layers' buffers
 *     for a batch
 * @param heapBytes the largest of: the table while it is read and encoded, a checkpoint while it is written, and the
 *     end of the run
 * @param checkpointBytes the numbers in a checkpoint
 */
public record MemoryEstimate(long offHeapBytes, long heapBytes, long checkpointBytes) {

    /**
     * Measured: the bytes of a checkpoint or a model's weights, a copy in the database driver, and what H2 has not yet
     * written.
     */
    private static final double COPIES = 2.4;

    /** Per row, in addition to the table: what is sorted and split while the data is prepared. */
    private static final int BYTES_OF_A_ROW = 28;

    public static MemoryEstimate of(TrainingPlan plan, PreparedData data) {
        return of(plan, data.size());
    }

    /** The same before the data is read: an upper bound if the plan and the size are upper bounds. */
    public static MemoryEstimate of(TrainingPlan plan, DataSize data) {
        return new MemoryEstimate(new OffHeap(plan, data).bytes(), new Heap(plan, data).bytes(), (long)
                (checkpoint(plan) * Precision.FLOAT32.bytes()));
    }

    /**
     * The heap needed to read and prepare a table; the only part of the estimate that is known without reading it.
     *
     * @param bytes the heap that its cells occupy
     */
    public static long heapToPrepare(long bytes, long rows) {
        return Sizes.sum(bytes, Sizes.product(BYTES_OF_A_ROW, rows));
    }

    /** Both added up. */
    public long bytes() {
        return Sizes.sum(offHeapBytes, heapBytes);
    }

    /** The numbers in a checkpoint. */
    private static double checkpoint(TrainingPlan plan) {
        Wiring wiring = plan.wiring();
        return (2.0 + plan.optimizer().momentCount()) * wiring.parameterCount() + 2.0 * wiring.stateCount();
    }

    private record OffHeap(TrainingPlan plan, DataSize data) {

        long bytes() {
            double numbers = examples() + trainer() + Math.max(atTheStart(), duringTraining());
            double members = data.members()
                    * ((double) plan.wiring().parameterCount() + plan.wiring().stateCount());
            return (long) (Math.max(numbers, members) * Precision.FLOAT32.bytes());
        }

        /** All parts, encoded, and a batch. */
        private double examples() {
            double outcomes = targets() + weights();
            double all = data.rows() * (isOnDisk() ? outcomes : outcomes + inputs());
            return all + batchRows() * (outcomes + inputs());
        }

        private boolean isOnDisk() {
            return plan.hyperparameters().shuffle() == Shuffle.BLOCKS;
        }

        private double inputs() {
            return plan.wiring().inputWidth();
        }

        private int train() {
            return data.parts().train();
        }

        private int validation() {
            return data.parts().validation();
        }

        private int batchRows() {
            return plan.hyperparameters().batchSize().within(train());
        }

        private int maxRows() {
            return Trainer.maxRows(plan, train(), validation());
        }

        /** An autoencoder's targets are its inputs, in the same matrix. */
        private int targets() {
            return plan.target().columns();
        }

        private int weights() {
            return data.weighted() ? 1 : 0;
        }

        /** What a trainer holds from the start. */
        private double trainer() {
            double copyOfTargets =
                    targets() == 0 ? (double) batchRows() * plan.target().outputs() : 0;
            return checkpoint(plan) + (double) maxRows() * plan.wiring().outputWidth() + copyOfTargets;
        }

        /** {@link Baseline} is computed before the first batch. */
        private double atTheStart() {
            double judged = isOnDisk()
                    ? MappedExamples.judgedNumbers(train(), plan.wiring().inputWidth(), targets() == 0)
                    : 0;
            return judged
                    + 2.0
                            * Math.min(Baseline.batch(plan.wiring().outputWidth()), train())
                            * plan.wiring().outputWidth();
        }

        private double duringTraining() {
            NetworkMemory training = data.exact()
                    ? NetworkMemory.of(plan.wiring(), plan.threads(), batches())
                    : NetworkMemory.atMost(plan.wiring(), plan.threads());
            NetworkMemory evaluation = NetworkMemory.of(plan.wiring(), 1, evaluationRows());
            return plan.wiring().parameterCount()
                    + (double) maxRows() * (training.forward() + training.backward())
                    + evaluationRows()
                            * (double) (evaluation.forward() + plan.wiring().outputWidth())
                    + (isOnDisk() ? inputs() * Math.max(evaluationRows(), Math.min(maxRows(), validation())) : 0);
        }

        private int[] batches() {
            return new int[] {
                batchRows(), train() % batchRows(), Math.min(maxRows(), validation()), validation() % maxRows()
            };
        }

        /** The rows of a forward pass in the final evaluation, next to the trainer, for the largest part. */
        private int evaluationRows() {
            int most = Math.max(validation(), data.parts().test());
            boolean readsTrain = TaskOutputs.of(plan.target()).learns();
            return Math.min(plan.wiring().rowsWithin(Predictor.MAX_BATCH), readsTrain ? Math.max(most, train()) : most);
        }
    }

    private record Heap(TrainingPlan plan, DataSize data) {

        long bytes() {
            return LongStream.of(preparation(), training(), end()).max().orElse(0);
        }

        private long preparation() {
            int columns = data.targets() + (data.weighted() ? 1 : 0);
            long rows = data.tableRows();
            long encodingTargets = data.tableBytes() + (Integer.BYTES + (long) Double.BYTES * columns) * rows;
            return Math.max(heapToPrepare(data.tableBytes(), rows), encodingTargets);
        }

        /** The order of an epoch, and a checkpoint. */
        private long training() {
            Hyperparameters rules = plan.hyperparameters();
            int train = data.parts().train();
            long order = EpochOrder.heldNumbers(rules, train, plan.wiring().inputWidth());
            return Sizes.sum(LongStream.of(Integer.BYTES * order, heldOut(), written(checkpoint(plan))));
        }

        /** What a fold remembers of its rows. */
        private long heldOut() {
            return data.holdsOut()
                    ? Sizes.product(
                            HeldOutRows.bytes(data.targets()), data.parts().validation())
                    : 0;
        }

        /** What a fold says of its rows, on the way into the database. */
        private long predictions() {
            return data.holdsOut()
                    ? (long) (COPIES
                            * HeldOutPredictions.bytes(
                                    data.targets(),
                                    plan.wiring().outputWidth(),
                                    data.parts().validation()))
                    : 0;
        }

        private static long written(double numbers) {
            return (long) (COPIES * Precision.FLOAT32.bytes() * numbers);
        }

        /** The best weights on their way into the database, together with the evaluation. */
        private long end() {
            Wiring wiring = plan.wiring();
            double weights = data.members() * ((double) wiring.parameterCount() + wiring.stateCount());
            return Sizes.sum(LongStream.of(
                    heldOut(),
                    predictions(),
                    written(weights),
                    TaskOutputs.of(plan.target()).evaluationHeap(data.parts().train(), measuredParts())));
        }

        private int measuredParts() {
            return (int) IntStream.of(data.parts().validation(), data.parts().test())
                    .filter(rows -> rows > 0)
                    .count();
        }
    }
}
