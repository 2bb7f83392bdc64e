package dev.descent.core.train;

import dev.descent.core.nn.Matrix;

/**
 * Encoded examples.
 *
 * @param inputs n × inputs
 * @param targets n × 1: class numbers, or standardized amounts
 */
public record Examples(Matrix inputs, Matrix targets) implements AutoCloseable {

    public int count() {
        return inputs.rows();
    }

    /** The examples from one on, up to but without another. */
    Examples range(int from, int to) {
        return new Examples(
                inputs.slice(from * inputs.columns(), to - from, inputs.columns()),
                targets.slice(from * targets.columns(), to - from, targets.columns()));
    }

    @Override
    public void close() {
        inputs.close();
        targets.close();
    }
}
