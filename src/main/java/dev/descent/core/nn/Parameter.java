package dev.descent.core.nn;

/** A matrix that training changes: its values, and the gradient of the loss with respect to each of them. */
public final class Parameter {

    private final String name;
    private final Matrix value;
    private final Parameters owner;
    private final int place;

    Parameter(String name, Matrix value, Parameters owner, int place) {
        this.name = name;
        this.value = value;
        this.owner = owner;
        this.place = place;
    }

    /** Such as {@code layer0.weight}: the node that it belongs to, a dot, its part there. */
    public String name() {
        return name;
    }

    public Matrix value() {
        return value;
    }

    /** ∂loss/∂value, of the same shape; valid after a backward pass. */
    public Matrix gradient() {
        return owner.gradients().slice(place, value.rows(), value.columns());
    }
}
