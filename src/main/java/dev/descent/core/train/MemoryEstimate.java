package dev.descent.core.train;

import dev.descent.core.math.Precision;
import dev.descent.core.nn.NetworkMemory;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.evaluate.Baseline;
import dev.descent.core.train.evaluate.Predictor;
import dev.descent.core.train.evaluate.TaskOutputs;
import dev.descent.core.train.examples.DataSize;
import dev.descent.core.train.examples.PreparedData;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The most memory that a training run holds, known before it starts: what it is about to allocate outside the Java
 * heap, and what it can't do without on the heap. The two need not come at the same time, but the JVM gives little of
 * the heap back, so the process grows by both.
 *
 * <p>Not counted are what each process has anyway (the JVM, the libraries' own buffers), and what the garbage collector
 * leaves lying while there is room.
 *
 * @param offHeapBytes matrices: encoded examples, parameters, gradients, moments, best values, and what layers keep for
 *     a batch
 * @param heapBytes the largest of the table while it is read and encoded, a checkpoint while it is written, and the end
 *     of the run
 * @param checkpointBytes the numbers of a checkpoint
 */
public record MemoryEstimate(long offHeapBytes, long heapBytes, long checkpointBytes) {

    /**
     * A checkpoint or a model's weights as bytes, once more in the driver of the database, and what H2 has not written
     * yet: as measured.
     */
    private static final double COPIES = 2.4;

    /** For each row beside the table: what is sorted and dealt out while the data is prepared. */
    private static final int BYTES_OF_A_ROW = 28;

    public static MemoryEstimate of(TrainingPlan plan, PreparedData data) {
        return of(plan, data.size());
    }

    /** The same before the data is read: never less, where the plan and the size are bounds. */
    public static MemoryEstimate of(TrainingPlan plan, DataSize data) {
        return new MemoryEstimate(
                new OffHeap(plan, data).bytes(),
                new Heap(plan, data).bytes(),
                ((long) checkpoint(plan)) * Precision.FLOAT32.bytes());
    }

    /**
     * The heap that it takes to read a table and to prepare it; the only part of the estimate that is known without
     * reading it.
     *
     * @param bytes that its cells take
     */
    public static long heapToPrepare(long bytes, long rows) {
        return bytes + BYTES_OF_A_ROW * rows;
    }

    /** Both together. */
    public long bytes() {
        return offHeapBytes + heapBytes;
    }

    /** The numbers that a checkpoint consists of. */
    private static double checkpoint(TrainingPlan plan) {
        Wiring wiring = plan.wiring();
        return (2.0 + plan.optimizer().momentCount()) * wiring.parameterCount() + 2.0 * wiring.stateCount();
    }

    private record OffHeap(TrainingPlan plan, DataSize data) {

        long bytes() {
            double numbers = examples() + trainer() + Math.max(atTheStart(), duringTraining());
            return (long) (numbers * Precision.FLOAT32.bytes());
        }

        /** All parts, encoded. */
        private double examples() {
            return (double) (data.rows() + batchRows()) * (plan.wiring().inputWidth() + targets() + weights());
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
            return Trainer.maxRows(plan.hyperparameters(), train(), validation());
        }

        /** An autoencoder's targets are its inputs, in the same matrix. */
        private int targets() {
            return plan.target().columns();
        }

        private int weights() {
            return data.weighted() ? 1 : 0;
        }

        /** What a trainer holds from its first moment on. */
        private double trainer() {
            double copyOfTargets =
                    targets() == 0 ? (double) batchRows() * plan.target().outputs() : 0;
            return checkpoint(plan) + (double) maxRows() * plan.wiring().outputWidth() + copyOfTargets;
        }

        /** {@link Baseline} comes before the first batch. */
        private double atTheStart() {
            return 2.0 * Math.min(Baseline.BATCH, train()) * plan.wiring().outputWidth();
        }

        private double duringTraining() {
            NetworkMemory training = data.exact()
                    ? NetworkMemory.of(plan.wiring(), plan.threads(), batches())
                    : NetworkMemory.atMost(plan.wiring(), plan.threads());
            NetworkMemory evaluation = NetworkMemory.of(plan.wiring(), 1, evaluationRows());
            return plan.wiring().parameterCount()
                    + (double) maxRows() * (training.forward() + training.backward())
                    + evaluationRows()
                            * (double) (evaluation.forward() + plan.wiring().outputWidth());
        }

        private int[] batches() {
            return new int[] {
                batchRows(), train() % batchRows(), Math.min(maxRows(), validation()), validation() % maxRows()
            };
        }

        /** The examples of a forward pass at the end, beside the trainer, of the part that has most. */
        private int evaluationRows() {
            int most = Math.max(validation(), data.parts().test());
            boolean readsTrain = TaskOutputs.of(plan.target()).learns();
            return Math.min(Predictor.MAX_BATCH, readsTrain ? Math.max(most, train()) : most);
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
            return (long) Integer.BYTES * data.parts().train() + written(checkpoint(plan));
        }

        private static long written(double numbers) {
            return (long) (COPIES * Precision.FLOAT32.bytes() * numbers);
        }

        /** The best weights on their way into the database, together with what was found out about them. */
        private long end() {
            Wiring wiring = plan.wiring();
            double weights = (double) wiring.parameterCount() + wiring.stateCount();
            return written(weights)
                    + TaskOutputs.of(plan.target()).evaluationHeap(data.parts().train(), measuredParts());
        }

        private int measuredParts() {
            return (int) IntStream.of(data.parts().validation(), data.parts().test())
                    .filter(rows -> rows > 0)
                    .count();
        }
    }
}
