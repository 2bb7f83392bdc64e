package dev.descent.core.nn.parameter;

import dev.descent.core.math.Matrix;
import org.jspecify.annotations.Nullable;

/** A matrix that training changes: its values, and the gradient of the loss with respect to them. */
public final class Parameter {

    private final String name;
    private final Kind kind;
    private final Matrix value;
    private final Parameters owner;
    private final int index;
    private @Nullable Matrix gradient;

    /** The role of a parameter in its layer. */
    public enum Kind {
        /** Multiplies the input; subject to l1, l2 and weight decay. */
        WEIGHT,
        /** Added in a dense layer. */
        BIAS,
        /** Scales a normalized input. */
        SCALE,
        /** Added to a normalized input. */
        SHIFT
    }

    Parameter(String name, Kind kind, Matrix value, Parameters owner, int index) {
        this.name = name;
        this.kind = kind;
        this.value = value;
        this.owner = owner;
        this.index = index;
    }

    /** Such as {@code layer0.weight}: the name of its node, a dot, and its part in the layer. */
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

    /** Takes a gradient that is a product, Aᵀ B; with a {@link DirectStep} the value takes its step immediately. */
    public void takeGradient(Matrix a, Matrix b) {
        if (!owner.directStep().take(this, a, b)) {
            owner.team().multiply(1, a, true, b, false, 0, gradient());
        }
    }
}
