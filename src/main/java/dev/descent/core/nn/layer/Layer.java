package dev.descent.core.nn.layer;

import dev.descent.core.math.Matrix;
import java.util.random.RandomGenerator;

/**
 * One step of a network: y = f(x₁, …, xₖ; θ), and by the chain rule its backward pass from ∂loss/∂y to ∂loss/∂x and
 * ∂loss/∂θ.
 *
 * <p>All matrices hold one example per row. A layer belongs to one network on one thread: it keeps its last inputs and
 * outputs between {@code forward} and {@code backward}, and it owns the matrices that it returns ({@link BufferSpec}),
 * which are valid until its next call.
 */
public interface Layer {

    /** Sets the parameters to their initial values. */
    default void initialise(RandomGenerator random) {}

    /** Computes the output for a batch: one matrix per input, all with the same number of rows. */
    Matrix forward(Pass pass, Matrix... inputs);

    /**
     * Takes ∂loss/∂y for the outputs of the last {@code forward}, writes ∂loss/∂θ into the gradients of this layer's
     * parameters, and returns ∂loss/∂x for each input in order, or nothing if nobody needs it and it would cost time.
     */
    Matrix[] backward(Matrix outputGradient);

    /** Sets the weights of one input column to 0; does nothing in layers without weights. */
    default void zeroInputWeights(int inputColumn) {}
}
