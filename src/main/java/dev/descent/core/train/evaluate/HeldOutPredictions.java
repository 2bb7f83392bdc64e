package dev.descent.core.train.evaluate;

import dev.descent.core.Sizes;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.train.examples.ExampleSource;
import dev.descent.core.train.examples.HeldOutRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a fold's model says of the rows that it was not trained on, as bytes. Each row has its index in the table (int32),
 * its targets (float64) and what its prediction is decoded from (float32), all of them little-endian; rows are in the
 * order of the table.
 */
public final class HeldOutPredictions implements AutoCloseable {

    /** Of the bytes. */
    public static final int FORMAT = 1;

    /** An autoencoder's error, and whether it is an anomaly. */
    private static final int LEAST_NUMBERS = 2;

    private final TaskOutputs task;
    private final int targets;
    private final ByteBuffer bytes;
    private final int bytesOfRow;
    private final int numbers;
    private final Matrix kept;

    /**
     * Reads them.
     *
     * @param target of the fold's model
     * @param columns that are predicted
     */
    public HeldOutPredictions(byte[] bytes, TargetEncoder target, int columns, int rows) {
        this.task = TaskOutputs.of(target);
        this.targets = columns;
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.bytesOfRow = rows == 0 ? 0 : bytes.length / rows;
        this.numbers = (bytesOfRow - HeldOutRows.bytes(columns)) / Float.BYTES;
        if ((long) bytesOfRow * rows != bytes.length || numbers < 1) {
            throw new IllegalArgumentException(
                    "%d bytes are no predictions for %d rows of %d targets".formatted(bytes.length, rows, columns));
        }
        this.kept = Matrix.zeros(Precision.FLOAT32, 1, numbers);
    }

    /** An upper bound of the bytes, for a network with that many outputs. */
    public static long bytes(int targets, int outputs, long rows) {
        return Sizes.product(HeldOutRows.bytes(targets) + (long) Float.BYTES * Math.max(LEAST_NUMBERS, outputs), rows);
    }

    /**
     * Writes what the model says of some rows.
     *
     * @param examples the rows, encoded by its own preprocessor
     * @param cancellationCheck called before each batch; may throw to stop
     */
    public static byte[] write(
            TrainedModel model, ExampleSource examples, HeldOutRows rows, Runnable cancellationCheck) {
        TaskOutputs task = TaskOutputs.of(model.target());
        int count = rows.rows().length;
        int ofRow = HeldOutRows.bytes(rows.targets().size())
                + Float.BYTES * task.keptNumbers(model.wiring().outputWidth());
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(count, ofRow)).order(ByteOrder.LITTLE_ENDIAN);
        int[] next = new int[1];
        Evaluator.measure(model, examples.unweighted(), cancellationCheck, (outputs, targets, weights, meanLoss) -> {
            for (int row = 0; row < outputs.rows(); row++) {
                int index = next[0]++;
                bytes.putInt(rows.rows()[index]);
                rows.targets().forEach(target -> bytes.putDouble(target[index]));
                task.keep(targets, outputs, row, bytes::putFloat);
            }
        });
        return bytes.array();
    }

    public int count() {
        return bytesOfRow == 0 ? 0 : bytes.capacity() / bytesOfRow;
    }

    /** The index of a row in the table. */
    public int row(int index) {
        return bytes.getInt(index * bytesOfRow);
    }

    /** The number of the row's class, or the number to predict. */
    public double target(int index, int target) {
        return bytes.getDouble(index * bytesOfRow + Integer.BYTES + target * Double.BYTES);
    }

    /** What the model says of a row. */
    public Prediction prediction(int index) {
        int start = index * bytesOfRow + HeldOutRows.bytes(targets);
        for (int i = 0; i < numbers; i++) {
            kept.set(i, bytes.getFloat(start + i * Float.BYTES));
        }
        return task.kept(kept);
    }

    @Override
    public void close() {
        kept.close();
    }
}
