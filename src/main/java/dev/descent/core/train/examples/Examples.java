package dev.descent.core.train.examples;

import dev.descent.core.math.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * Encoded examples.
 *
 * @param inputs n × inputs
 * @param targets n × 1 class indexes, n × numbers to predict, or the inputs themselves
 * @param weights n × 1, the weight of each example in the loss; null if all count equally
 */
public record Examples(
        Matrix inputs, Matrix targets, @Nullable Matrix weights) implements AutoCloseable {

    public Examples(Matrix inputs, Matrix targets) {
        this(inputs, targets, null);
    }

    public int count() {
        return inputs.rows();
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

    /** Allocates room for {@code count} examples of the same shape. */
    public Examples roomFor(int count) {
        return new Examples(
                Matrix.zeros(inputs.precision(), count, inputs.columns()),
                Matrix.zeros(inputs.precision(), count, targets.columns()),
                weights == null ? null : Matrix.zeros(inputs.precision(), count, 1));
    }

    /** Copies an example from others of the same shape. */
    public void copy(Examples source, int from, int to) {
        inputs.copyRow(source.inputs, from, to);
        targets.copyRow(source.targets, from, to);
        if (weights != null && source.weights != null) {
            weights.copyRow(source.weights, from, to);
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
