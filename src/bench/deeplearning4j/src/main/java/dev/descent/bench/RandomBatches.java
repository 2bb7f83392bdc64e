package dev.descent.bench;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Mini-batches of rows in memory, in a new order after every reset; the last may be smaller. */
final class RandomBatches implements DataSetIterator {

    private final INDArray inputs;
    private final INDArray targets;
    private final int batch;
    private final SplittableRandom random;
    private final int[] order;
    private int done;

    RandomBatches(INDArray inputs, INDArray targets, int batch, SplittableRandom random) {
        this.inputs = inputs;
        this.targets = targets;
        this.batch = batch;
        this.random = random;
        this.order = IntStream.range(0, inputs.rows()).toArray();
        // The very first batch may be requested without a reset.
        reset();
    }

    @Override
    public void reset() {
        done = 0;
        for (int index = order.length - 1; index > 0; index--) {
            int other = random.nextInt(index + 1);
            int row = order[index];
            order[index] = order[other];
            order[other] = row;
        }
    }

    @Override
    public boolean hasNext() {
        return done < order.length;
    }

    @Override
    public DataSet next() {
        return next(batch);
    }

    @Override
    public DataSet next(int count) {
        int end = Math.min(done + count, order.length);
        int[] rows = Arrays.copyOfRange(order, done, end);
        done = end;
        return new DataSet(Nd4j.pullRows(inputs, 1, rows), Nd4j.pullRows(targets, 1, rows));
    }

    @Override
    public int inputColumns() {
        return inputs.columns();
    }

    @Override
    public int totalOutcomes() {
        return targets.columns();
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public boolean asyncSupported() {
        return true;
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor preProcessor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
        return null;
    }

    @Override
    public List<String> getLabels() {
        return List.of();
    }
}
