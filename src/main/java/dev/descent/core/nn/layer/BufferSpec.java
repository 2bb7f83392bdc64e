package dev.descent.core.nn.layer;

import java.util.function.IntPredicate;

/**
 * One matrix that a layer keeps from batch to batch, with a row for each example. A layer can take no other than those
 * that its {@link LayerSpec} declares, so that the memory of a network is known before it is built.
 *
 * @param name by which the layer takes it
 * @param phase from when on it is there
 * @param isFor whether batches of so many rows need it
 */
public record BufferSpec(String name, int columns, Phase phase, IntPredicate isFor) {

    /** A layer's first use of a buffer. */
    public enum Phase {
        FORWARD,
        BACKWARD
    }

    static BufferSpec forward(String name, int columns) {
        return new BufferSpec(name, columns, Phase.FORWARD, rows -> true);
    }

    static BufferSpec backward(String name, int columns) {
        return new BufferSpec(name, columns, Phase.BACKWARD, rows -> true);
    }
}
