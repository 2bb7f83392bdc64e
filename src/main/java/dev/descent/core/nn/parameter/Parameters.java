package dev.descent.core.nn.parameter;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All parameters of a network in one flat matrix, and their gradients in another, so an optimizer step, a copy of the
 * best weights and a checkpoint are one pass each. The parameters are followed by the layers' state that is not learnt
 * by gradients, such as running means. Gradients take no memory until the first backward pass.
 */
public final class Parameters implements AutoCloseable {

    private final ThreadTeam team;
    private final Matrix all;
    private final Matrix values;
    private final List<Parameter> list = new ArrayList<>();
    private final Map<String, Matrix> states = new LinkedHashMap<>();
    private int used;
    private int usedByStates;
    private @Nullable Matrix gradients;
    private final DirectStep directStep = new DirectStep(this);

    /**
     * @param team the threads that compute with them
     * @param all the memory for all values, 1 × (count + state); several networks may read the same memory
     * @param count the number of values that gradients change
     */
    public Parameters(ThreadTeam team, Matrix all, int count) {
        this.team = team;
        this.all = all;
        this.values = all.slice(0, 1, count);
        this.usedByStates = count;
    }

    public ThreadTeam team() {
        return team;
    }

    public DirectStep directStep() {
        return directStep;
    }

    /** Takes the next free part of the memory as a parameter of the given shape. */
    public Parameter add(String name, Parameter.Kind kind, int rows, int columns) {
        Parameter parameter = new Parameter(name, kind, values.slice(used, rows, columns), this, used);
        list.add(parameter);
        used += rows * columns;
        return parameter;
    }

    /** Takes the next free part of the memory after the parameters. */
    public Matrix addState(String name, int columns) {
        Matrix state = all.slice(usedByStates, 1, columns);
        states.put(name, state);
        usedByStates += columns;
        return state;
    }

    public List<Parameter> list() {
        return Collections.unmodifiableList(list);
    }

    /** Every matrix of a trained network by name: parameters first, then state. */
    public Map<String, Matrix> byName() {
        Map<String, Matrix> byName = new LinkedHashMap<>();
        list.forEach(parameter -> byName.put(parameter.name(), parameter.value()));
        byName.putAll(states);
        return byName;
    }

    /** The number of scalars that gradients change. */
    public int count() {
        return values.size();
    }

    /** Every scalar that gradients change, 1 × count. */
    public Matrix values() {
        return values;
    }

    /** {@link #values}, followed by the layers' state. */
    public Matrix all() {
        return all;
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
        all.close();
        if (gradients != null) {
            gradients.close();
        }
    }
}
