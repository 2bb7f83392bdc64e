package dev.descent.core.train.examples;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import org.jspecify.annotations.Nullable;

/**
 * Encoded examples in memory: all those of a part, or a batch.
 *
 * @param inputs n × inputs
 * @param targets n × 1 class indexes, n × numbers to predict, or the inputs themselves
 * @param weights n × 1, the weight of each example in the loss; null if all count equally
 */
public record Examples(
        Matrix inputs, Matrix targets, @Nullable Matrix weights) implements ExampleSource {

    public Examples(Matrix inputs, Matrix targets) {
        this(inputs, targets, null);
    }

    @Override
    public int count() {
        return inputs.rows();
    }

    @Override
    public int inputWidth() {
        return inputs.columns();
    }

    @Override
    public Precision precision() {
        return inputs.precision();
    }

    @Override
    public boolean[] usedInputs() {
        boolean[] used = new boolean[inputs.columns()];
        for (int i = 0; i < inputs.size(); i++) {
            used[i % used.length] |= inputs.get(i) != 0;
        }
        return used;
    }

    /** They are in memory already. */
    @Override
    public Reader reader(int most) {
        return new Reader() {
            @Override
            public Examples range(int from, int to) {
                return Examples.this.range(from, to);
            }

            @Override
            public void close() {
                // Nothing was allocated.
            }
        };
    }

    @Override
    public Examples unweighted() {
        return new Examples(inputs, targets);
    }

    @Override
    public Outcomes outcomes() {
        return new Outcomes(targets, weights, () -> {});
    }

    /** The examples from {@code from} inclusive to {@code to} exclusive. */
    public Examples range(int from, int to) {
        Matrix w = weights;
        return new Examples(rows(inputs, from, to), rows(targets, from, to), w == null ? null : rows(w, from, to));
    }

    public Examples top(int count) {
        Matrix w = weights;
        return new Examples(inputs.top(count), targets.top(count), w == null ? null : w.top(count));
    }

    private static Matrix rows(Matrix matrix, int from, int to) {
        return matrix.slice(from * matrix.columns(), to - from, matrix.columns());
    }

    @Override
    public Examples roomFor(int count) {
        return new Examples(
                Matrix.zeros(inputs.precision(), count, inputs.columns()),
                Matrix.zeros(inputs.precision(), count, targets.columns()),
                weights == null ? null : Matrix.zeros(inputs.precision(), count, 1));
    }

    @Override
    public void copyTo(int example, Examples room, int to) {
        room.inputs.copyRow(inputs, example, to);
        room.targets.copyRow(targets, example, to);
        if (weights != null && room.weights != null) {
            room.weights.copyRow(weights, example, to);
        }
    }

    @Override
    public void close() {
        inputs.close();
        targets.close();
        if (weights != null) {
            weights.close();
        }
    }
}
