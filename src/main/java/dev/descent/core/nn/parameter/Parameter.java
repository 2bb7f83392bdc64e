package dev.descent.core.nn.parameter;

import dev.descent.core.math.Matrix;
import org.jspecify.annotations.Nullable;

/** A matrix that training changes: its values, and the gradient of the loss with respect to each of them. */
public final class Parameter {

    private final String name;
    private final Kind kind;
    private final Matrix value;
    private final Parameters owner;
    private final int index;
    private @Nullable Matrix gradient;
    private boolean steppedDirectly;

    /** What a parameter does in its layer. */
    public enum Kind {
        /** Multiplies what flows through; l1, l2 and weight decay act on it. */
        WEIGHT,
        /** Is added in a dense layer. */
        BIAS,
        /** Scales a normalized input. */
        SCALE,
        /** Is added to a normalized input. */
        SHIFT
    }

    Parameter(String name, Kind kind, Matrix value, Parameters owner, int index) {
        this.name = name;
        this.kind = kind;
        this.value = value;
        this.owner = owner;
        this.index = index;
    }

    /** Such as {@code layer0.weight}: the node that it belongs to, a dot, its part there. */
    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    public Matrix value() {
        return value;
    }

    /** ∂loss/∂value, of the same shape; valid after a backward pass. */
    public Matrix gradient() {
        Matrix known = gradient;
        if (known == null) {
            known = owner.gradients().slice(index, value.rows(), value.columns());
            gradient = known;
        }
        return known;
    }

    /**
     * Takes a gradient that is a product, Aᵀ B. Plain gradient descent lets it be part of the step, value ← value − η Aᵀ B, which spares one pass
     * that writes the gradient and another that reads it: a fifth of the time of a step with 32 examples and 784 × 128 weights.
     */
    public void takeGradient(Matrix a, Matrix b) {
        double rate = owner.directRate();
        steppedDirectly = !Double.isNaN(rate);
        if (steppedDirectly) {
            owner.team().multiply(-rate, a, true, b, false, 1, value);
        } else {
            owner.team().multiply(1, a, true, b, false, 0, gradient());
        }
    }

    /** Whether the last backward pass took this parameter's step already. */
    public boolean isSteppedDirectly() {
        return steppedDirectly;
    }
}
