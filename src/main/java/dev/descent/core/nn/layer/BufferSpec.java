package dev.descent.core.nn.layer;

import java.util.function.IntPredicate;

/**
 * A matrix that a layer reuses from batch to batch, with one row per example. A layer can take only the buffers that
 * its {@link LayerSpec} declares, so the memory of a network is known before it is built.
 *
 * @param name by which the layer takes it
 * @param phase of its first use
 * @param isFor whether batches of that many rows need it
 */
public record BufferSpec(String name, int columns, Phase phase, IntPredicate isFor) {

    /** When a layer first uses a buffer. */
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
