package dev.descent.core.nn.layer;

import dev.descent.core.math.Matrix;
import java.util.random.RandomGenerator;

/**
 * One step of a network: y = f(x₁, …, xₖ; θ), and by the chain rule its way back from ∂loss/∂y to ∂loss/∂x and
 * ∂loss/∂θ.
 *
 * <p>All matrices hold one example a row. A layer belongs to one network on one thread: it keeps its last inputs and
 * outputs between {@code forward} and {@code backward}, and the matrices that it returns are its own ({@link
 * BufferSpec}), valid until its next call.
 */
public interface Layer {

    /** Gives the parameters the values from which training starts. */
    default void initialise(RandomGenerator random) {}

    /** The layer's output for a batch: one matrix per input, all with the same number of rows. */
    Matrix forward(Pass pass, Matrix... inputs);

    /**
     * Takes ∂loss/∂y for the outputs of the last {@code forward}, writes ∂loss/∂θ into the gradients of this layer's
     * parameters, and returns ∂loss/∂x for each input, in the order of the inputs; nothing where nobody wants it and it
     * would cost something.
     */
    Matrix[] backward(Matrix outputGradient);

    /**
     * Cuts the layer off from one of the columns of its input, until training says otherwise; layers without weights
     * have nothing to cut.
     */
    default void zeroInputWeights(int inputColumn) {}
}
