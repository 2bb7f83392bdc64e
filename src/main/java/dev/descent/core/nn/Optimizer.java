package dev.descent.core.nn;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns gradients into steps of the parameters. The base class keeps the books — moments, the count of steps — and a subclass supplies one
 * step. As all parameters lie in one flat matrix, so do the moments of each kind.
 */
public abstract class Optimizer implements AutoCloseable {

    private final Parameters parameters;
    private final List<Matrix> moments;
    private long steps;

    Optimizer(Parameters parameters, int momentCount) {
        this.parameters = parameters;
        Matrix values = parameters.values();
        this.moments = IntStream.range(0, momentCount)
                .mapToObj(moment -> Matrix.zeros(values.precision(), 1, values.size()))
                .toList();
    }

    /** One step against the gradients as they stand. */
    public final void step() {
        steps++;
        step(parameters.values(), parameters.gradients(), steps);
    }

    /** @param t the number of this step, from 1 */
    abstract void step(Matrix p, Matrix g, long t);

    /** Running means of the gradients, each 1 × {@link Parameters#count}; at the start they are 0. */
    public final List<Matrix> moments() {
        return moments;
    }

    public final long steps() {
        return steps;
    }

    /** Goes on where another optimizer stood; its moments are to be copied into {@link #moments}. */
    public final void resumeAt(long stepsDone) {
        steps = stepsDone;
    }

    @Override
    public final void close() {
        moments.forEach(Matrix::close);
    }
}
