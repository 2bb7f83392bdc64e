package dev.descent.core.graph;

import dev.descent.core.Names;
import java.util.Arrays;
import java.util.List;

/**
 * One node of a computational graph: y = f(x₁, …, xₖ), and by the chain rule its way back. This class keeps the books;
 * a subclass supplies f and its local gradients ∂y/∂xᵢ.
 *
 * <p>Where there is no y, such as that of log(−2), there is no gradient of y or by y, and thus none of a result that
 * has no value.
 *
 * <p>With r the result of the whole graph, and the sum over all nodes that use x: ∂r/∂x = Σ ∂r/∂y · ∂y/∂x.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 6.5 (back-propagation).
 */
public abstract class Node {

    private final List<Node> inputs;
    private double value = Double.NaN;
    private double gradient;
    private double[] localGradients = {};

    Node(Node... inputs) {
        this.inputs = List.of(inputs);
    }

    /** f of the inputs' values. */
    abstract double computeValue();

    /** ∂y/∂xᵢ for each input, in their order, at the values of the last {@code forward}. */
    abstract double[] computeLocalGradients();

    /** Keeps y; the inputs' own values must be there. */
    final void forward() {
        value = computeValue();
    }

    /** Sends ∂r/∂y on to the inputs; all nodes that use this one must have sent theirs. */
    final void backward() {
        localGradients = computeLocalGradients();
        if (!hasValue()) {
            // Formulas such as 1 / x for ln x go on where the function does not.
            gradient = Double.NaN;
            Arrays.fill(localGradients, Double.NaN);
        }
        for (int i = 0; i < localGradients.length; i++) {
            // A sum, since a node that is used several times has an influence on each of these ways.
            inputs.get(i).gradient += gradient * localGradients[i];
        }
    }

    final void startGradient(double start) {
        gradient = start;
    }

    /** Whether f has a corner at the present values, so that a gradient had to be chosen there. */
    boolean isAtKink() {
        return false;
    }

    /** Whether there is a y; where there is none, it has no gradients either. */
    final boolean hasValue() {
        return Double.isFinite(value);
    }

    /** Whether gradients say anything about this node. */
    public boolean hasGradient() {
        return true;
    }

    /** The node's kind: {@code multiply}. */
    public final String op() {
        return Names.of(getClass());
    }

    public final List<Node> inputs() {
        return inputs;
    }

    /** y. */
    public final double value() {
        return value;
    }

    /** ∂r/∂y. */
    public final double gradient() {
        return gradient;
    }

    /** ∂y/∂xᵢ. */
    public final double localGradient(int input) {
        return localGradients[input];
    }
}
