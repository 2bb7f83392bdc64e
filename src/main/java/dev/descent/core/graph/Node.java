package dev.descent.core.graph;

import dev.descent.core.Names;
import java.util.Arrays;
import java.util.List;

/**
 * One node of a computational graph: y = f(x₁, …, xₖ), and by the chain rule its backward pass. This class does the
 * bookkeeping; a subclass supplies f and its local gradients ∂y/∂xᵢ.
 *
 * <p>If y is undefined, such as log(−2), so are the gradients of y and with respect to y, and all gradients of a result
 * that has no value.
 *
 * <p>With r the result of the whole graph and the sum taken over all nodes y that use x: ∂r/∂x = Σ ∂r/∂y · ∂y/∂x.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 6.5 (back-propagation).
 */
public abstract class Node {

    private final List<Node> inputs;
    private double value = Double.NaN;
    private double gradient;
    private double[] localGradients = {};

    protected Node(Node... inputs) {
        this.inputs = List.of(inputs);
    }

    /** f of the input values. */
    protected abstract double computeValue();

    /** ∂y/∂xᵢ for each input in order, at the values of the last {@code forward}. */
    protected abstract double[] computeLocalGradients();

    /** Computes and keeps y; the inputs must have been computed. */
    final void forward() {
        value = computeValue();
    }

    /** Propagates ∂r/∂y to the inputs; all users of this node must have propagated theirs. */
    final void backward() {
        localGradients = computeLocalGradients();
        if (!hasValue()) {
            // A formula such as 1 / x for the derivative of ln x is defined where the function itself is not.
            gradient = Double.NaN;
            Arrays.fill(localGradients, Double.NaN);
        }
        for (int i = 0; i < localGradients.length; i++) {
            // A sum, because a node that is used several times affects the result through each use.
            inputs.get(i).gradient += gradient * localGradients[i];
        }
    }

    final void startGradient(double start) {
        gradient = start;
    }

    /** Whether f has a kink at the current values, so that a gradient had to be chosen. */
    protected boolean isAtKink() {
        return false;
    }

    /** Whether y is defined; if not, neither are its gradients. */
    final boolean hasValue() {
        return Double.isFinite(value);
    }

    /** Whether this node has meaningful gradients. */
    public boolean hasGradient() {
        return true;
    }

    /** The operator's name, such as {@code multiply}. */
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
