package dev.descent.core.train.evaluate;

import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.Table;
import dev.descent.core.math.Matrix;
import dev.descent.core.nn.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A trained model ready to predict. Thread-safe: each thread takes its own network, which reads the model's weights and
 * is kept for later predictions.
 */
public final class Predictor implements AutoCloseable {

    /** The maximum number of rows that a network computes at once. */
    public static final int MAX_BATCH = 256;

    /** Requests of a few rows, of which thousands may arrive at once, use a network with little memory. */
    private static final int FEW = 16;

    private static final int MAX_IDLE = Runtime.getRuntime().availableProcessors();

    private final TrainedModel model;
    private final Queue<Lane> idleForFew = new ArrayBlockingQueue<>(MAX_IDLE);
    private final Queue<Lane> idle = new ArrayBlockingQueue<>(MAX_IDLE);

    /** The other members of an ensemble. */
    private final List<Predictor> others;

    public Predictor(TrainedModel model) {
        this(List.of(model));
    }

    /**
     * Predicts what several models say in the mean.
     *
     * @param members for the same target
     */
    public Predictor(List<TrainedModel> members) {
        this.model = members.get(0);
        this.others = members.stream().skip(1).map(Predictor::new).toList();
    }

    /** The model, or the first one of an ensemble. */
    public TrainedModel model() {
        return model;
    }

    /** The number of models. */
    public int members() {
        return 1 + others.size();
    }

    /** Predicts every row of a table that has all columns of the preprocessor. */
    public List<Prediction> predict(Table table, Preprocessor.FindingListener listener) {
        List<Prediction> predictions = new ArrayList<>(table.rows());
        predict(table, listener, (prediction, row) -> predictions.add(prediction));
        return predictions;
    }

    /**
     * The same for predictions that need not be in memory all at once.
     *
     * @param sink receives each prediction with its row, after that row's findings
     */
    public void predict(Table table, Preprocessor.FindingListener listener, ObjIntConsumer<Prediction> sink) {
        predict(new Rows(table, null), listener, sink);
    }

    /**
     * Predicts some rows of a table that has all columns of the preprocessor.
     *
     * @param cancellationCheck called repeatedly; may throw to stop
     * @param sink receives each prediction with the index of its row in {@code rows}
     */
    public void predict(Table table, int[] rows, Runnable cancellationCheck, ObjIntConsumer<Prediction> sink) {
        predict(new Rows(table, rows), Preprocessor.FindingListener.NONE, (prediction, index) -> {
            if (index % MAX_BATCH == 0) {
                cancellationCheck.run();
            }
            sink.accept(prediction, index);
        });
    }

    /**
     * What is predicted.
     *
     * @param some of the rows of the table; null for all
     */
    private record Rows(Table table, int @Nullable [] some) {

        int count() {
            return some == null ? table.rows() : some.length;
        }

        Preprocessor.RowEncoder bind(Preprocessor preprocessor) {
            Preprocessor.RowEncoder encoder = preprocessor.bind(table);
            int[] chosen = some;
            if (chosen == null) {
                return encoder;
            }
            return (index, inputs, listener) -> encoder.encode(chosen[index], inputs, listener);
        }
    }

    private void predict(Rows rows, Preprocessor.FindingListener listener, ObjIntConsumer<Prediction> sink) {
        boolean isFew = rows.count() <= FEW;
        int most = rowsAtOnce(isFew);
        if (others.isEmpty()) {
            use(isFew, lane -> lane.predict(rows.bind(model.preprocessor()), rows.count(), listener, sink));
            return;
        }
        int together = Math.min(
                most,
                others.stream().mapToInt(other -> other.rowsAtOnce(isFew)).min().orElse(most));
        for (int from = 0; from < rows.count(); from += together) {
            int count = Math.min(together, rows.count() - from);
            MeanPredictions mean = new MeanPredictions(count);
            // What is odd about a cell is told once.
            batch(rows, isFew, from, count, listener, mean);
            for (Predictor other : others) {
                other.batch(rows, isFew, from, count, Preprocessor.FindingListener.NONE, mean);
            }
            mean.forEach(members(), from, sink);
        }
    }

    private int rowsAtOnce(boolean isFew) {
        return model.wiring().rowsWithin(isFew ? FEW : MAX_BATCH);
    }

    private void batch(
            Rows rows,
            boolean isFew,
            int from,
            int count,
            Preprocessor.FindingListener listener,
            MeanPredictions mean) {
        use(
                isFew,
                lane -> lane.batch(
                        rows.bind(model.preprocessor()),
                        from,
                        count,
                        listener,
                        (prediction, row) -> mean.add(prediction, row - from)));
    }

    private void use(boolean isFew, Consumer<Lane> work) {
        Queue<Lane> lanes = isFew ? idleForFew : idle;
        Lane known = lanes.poll();
        Lane lane = known == null ? new Lane(model, rowsAtOnce(isFew)) : known;
        try {
            work.accept(lane);
        } finally {
            if (!lanes.offer(lane)) {
                lane.close();
            }
        }
    }

    /** The count of numbers in memory: the weights, and the buffers of the networks that are kept. */
    public long size() {
        return others.stream().mapToLong(Predictor::size).sum()
                + model.weights().size()
                + (long) MAX_IDLE
                        * (MAX_BATCH + FEW)
                        * (model.wiring().widthOfAllNodes() + model.wiring().inputWidth());
    }

    @Override
    public void close() {
        close(idleForFew);
        close(idle);
        others.forEach(Predictor::close);
    }

    private static void close(Queue<Lane> lanes) {
        for (Lane lane = lanes.poll(); lane != null; lane = lanes.poll()) {
            lane.close();
        }
    }

    /** What one prediction computes with. */
    private static final class Lane {

        private final Network network;
        private final Matrix batch;
        private final OutputReader reader;
        private final double[] inputs;
        private final int maxRows;

        Lane(TrainedModel model, int maxRows) {
            this.maxRows = maxRows;
            int width = model.preprocessor().width();
            this.network = new Network(model.wiring(), model.weights(), maxRows, Network.Purpose.TRAINING);
            this.batch = Matrix.zeros(model.weights().precision(), maxRows, width);
            this.reader = TaskOutputs.of(model.target()).reader(network);
            this.inputs = new double[width];
        }

        void predict(
                Preprocessor.RowEncoder encoder,
                int count,
                Preprocessor.FindingListener listener,
                ObjIntConsumer<Prediction> sink) {
            for (int from = 0; from < count; from += maxRows) {
                batch(encoder, from, Math.min(maxRows, count - from), listener, sink);
            }
        }

        void batch(
                Preprocessor.RowEncoder encoder,
                int from,
                int rows,
                Preprocessor.FindingListener listener,
                ObjIntConsumer<Prediction> sink) {
            for (int row = 0; row < rows; row++) {
                encoder.encode(from + row, inputs, listener);
                batch.setRow(row, inputs);
            }
            Matrix examples = batch.top(rows);
            Matrix outputs = network.forward(examples);
            for (int row = 0; row < rows; row++) {
                sink.accept(reader.read(examples, outputs, row), from + row);
            }
        }

        void close() {
            network.close();
            batch.close();
        }
    }
}
