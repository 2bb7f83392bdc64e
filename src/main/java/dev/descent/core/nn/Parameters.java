package dev.descent.core.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All parameters of a network, side by side in one flat matrix, and their gradients in another: so an optimizer's step, a copy of the best
 * weights and a checkpoint are one pass each. Gradients take no memory until the first backward pass.
 */
public final class Parameters implements AutoCloseable {

    private final Matrix values;
    private final List<Parameter> list = new ArrayList<>();
    private int used;
    private @Nullable Matrix gradients;

    /** @param values the memory for all values, 1 × count; several networks may read the same */
    Parameters(Matrix values) {
        this.values = values;
    }

    /** The next free part of the memory, as a parameter of the given shape. */
    Parameter add(String name, int rows, int columns) {
        Parameter parameter = new Parameter(name, values.slice(used, rows, columns), this, used);
        list.add(parameter);
        used += rows * columns;
        return parameter;
    }

    public List<Parameter> list() {
        return Collections.unmodifiableList(list);
    }

    /** The number of single values. */
    public int count() {
        return values.size();
    }

    /** Every value, 1 × count. */
    public Matrix values() {
        return values;
    }

    /** Every gradient, 1 × count, in the order of the values. */
    public Matrix gradients() {
        Matrix known = gradients;
        if (known == null) {
            known = Matrix.zeros(values.precision(), 1, values.size());
            gradients = known;
        }
        return known;
    }

    @Override
    public void close() {
        values.close();
        if (gradients != null) {
            gradients.close();
        }
    }
}
