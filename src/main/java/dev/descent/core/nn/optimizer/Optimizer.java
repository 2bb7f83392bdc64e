package dev.descent.core.nn.optimizer;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.parameter.DirectStep;
import dev.descent.core.nn.parameter.Parameter;
import dev.descent.core.nn.parameter.Parameters;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns gradients into parameter steps. The base class does the bookkeeping (moments, step count,
 * {@link GradientRules}), and a subclass supplies a single step. Since all parameters are in one flat matrix, so are
 * the moments of each kind.
 */
public abstract class Optimizer implements AutoCloseable {

    private final Parameters parameters;
    private final GradientRules rules;
    private final List<Parameter> regularized;
    private final List<Matrix> moments;
    private long steps;
    private double clippedNorm;

    Optimizer(Parameters parameters, GradientRules rules, int momentCount) {
        this.parameters = parameters;
        this.rules = rules;
        this.regularized =
                parameters.list().stream().filter(rules.regularized()::includes).toList();
        Matrix values = parameters.values();
        this.moments = IntStream.range(0, momentCount)
                .mapToObj(moment -> Matrix.zeros(values.precision(), 1, values.size()))
                .toList();
    }

    /**
     * Must be called before a backward pass whose gradients lead to a step: if the step is just −η g, it may become a
     * {@link DirectStep}.
     *
     * @param gradientsWanted whether every gradient must be available afterwards nevertheless, for instance for
     *     {@link #gradientNorm}
     */
    public final void prepare(double learningRate, boolean gradientsWanted) {
        if (isPlain() && !gradientsWanted && !rules.clips() && !rules.penalizes()) {
            parameters.directStep().begin(learningRate);
        } else {
            parameters.directStep().abandon();
        }
    }

    /** Whether a step is just −η g. */
    boolean isPlain() {
        return false;
    }

    /** Takes one step along the negative gradients, which the rules may modify first. */
    public final void step(double learningRate) {
        steps++;
        if (parameters.directStep().finish()) {
            return;
        }
        Matrix gradients = parameters.gradients();
        if (rules.clips() || rules.penalizes()) {
            clippedNorm = norm(gradients);
            rules.clip(gradients, clippedNorm);
        }
        if (rules.penalizes()) {
            regularized.forEach(parameter -> rules.penalize(parameter.value(), parameter.gradient()));
        }
        step(parameters.values(), gradients, learningRate, steps);
    }

    /** @param t the number of this step, from 1 */
    abstract void step(Matrix p, Matrix g, double learningRate, long t);

    /** Runs a pass over all parameters. */
    final void each(ThreadTeam.Range pass) {
        parameters.team().each(parameters.count(), ThreadTeam.LIGHT, pass);
    }

    /** Multiplies the parameters that are subject to weight decay. */
    final void decay(double factor) {
        regularized.forEach(parameter -> parameter.value().scale(factor));
    }

    /** √Σ g² over all parameters in the last step, of the loss alone and before clipping. */
    public final double gradientNorm() {
        return rules.clips() || rules.penalizes() ? clippedNorm : norm(parameters.gradients());
    }

    private double norm(Matrix gradients) {
        return Math.sqrt(parameters
                .team()
                .sum(
                        gradients.size(),
                        ThreadTeam.LIGHT,
                        (kernels, from, to) -> kernels.sumOfSquares(from, to, gradients)));
    }

    /** Running means of the gradients, each 1 × {@link Parameters#count}, initially 0. */
    public final List<Matrix> moments() {
        return moments;
    }

    public final long steps() {
        return steps;
    }

    /**
     * Continues at another optimizer's step count; the caller copies that optimizer's moments into {@link #moments}.
     */
    public final void resumeAt(long stepsDone) {
        steps = stepsDone;
    }

    @Override
    public final void close() {
        moments.forEach(Matrix::close);
    }
}
