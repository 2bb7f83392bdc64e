package dev.descent.core.nn;

import dev.descent.core.Sizes;
import dev.descent.core.math.Buffer;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.layer.Layer;
import dev.descent.core.nn.layer.LayerContext;
import dev.descent.core.nn.layer.Pass;
import dev.descent.core.nn.parameter.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Layers wired into a directed acyclic graph: {@code forward} computes each node after its inputs, {@code backward}
 * traverses them in reverse and adds up the gradients of a node that is used more than once (the chain rule for several
 * paths).
 *
 * <p>A network is confined to one thread. Networks on other threads may share its parameters as long as none is being
 * trained.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), algorithms 6.3 and 6.4.
 */
public final class Network implements AutoCloseable {

    private final Wiring wiring;
    private final Parameters parameters;
    private final int maxRows;
    private final List<Layer> layers = new ArrayList<>();
    private final BufferPlan plan;
    private final List<LayerContext> contexts = new ArrayList<>();
    private final @Nullable Buffer[] sums;
    private final @Nullable Matrix[] outputs;
    private final @Nullable Matrix[] gradients;

    /** What a network is used for. */
    public enum Purpose {
        /** Forward, and backward as far as the parameters need it. */
        TRAINING,
        /** Forward, and backward down to the gradient of the batch. */
        INPUT_GRADIENT
    }

    /**
     * A network with its own parameters, all 0 until {@link #initialise}.
     *
     * @param maxRows the maximum number of examples per batch
     */
    public Network(Wiring wiring, Precision precision, int maxRows, Purpose purpose) {
        this(ThreadTeam.alone(precision), wiring, precision, maxRows, purpose);
    }

    /**
     * The same, computed by a team of threads.
     *
     * @param team owned, and to be closed, by the caller
     */
    public Network(ThreadTeam team, Wiring wiring, Precision precision, int maxRows, Purpose purpose) {
        this(team, wiring, Matrix.zeros(precision, 1, sizeOf(wiring)), maxRows, purpose);
    }

    /**
     * A network that uses existing parameters.
     *
     * @param values 1 × ({@link Wiring#parameterCount} + {@link Wiring#stateCount})
     */
    public Network(Wiring wiring, Matrix values, int maxRows, Purpose purpose) {
        this(ThreadTeam.alone(values.precision()), wiring, values, maxRows, purpose);
    }

    private Network(ThreadTeam team, Wiring wiring, Matrix values, int maxRows, Purpose purpose) {
        this.wiring = wiring;
        this.maxRows = maxRows;
        this.parameters = new Parameters(team, values, (int) wiring.parameterCount());
        this.plan = new BufferPlan(wiring, purpose, team.size());
        int count = wiring.nodes().size();
        // Index 0 is the batch; node i is at index i + 1.
        this.outputs = new Matrix[count + 1];
        this.gradients = new Matrix[count + 1];
        this.sums = new Buffer[count + 1];
        for (int node = BufferPlan.BATCH; node < count; node++) {
            if (plan.isSummed(node)) {
                sums[node + 1] = new Buffer(values.precision(), maxRows, plan.width(node));
            }
        }
        for (int node = 0; node < count; node++) {
            NodeSpec spec = wiring.nodes().get(node).spec();
            LayerContext context =
                    new LayerContext(spec.name(), node, plan.incoming(node), parameters, maxRows, plan.buffers(node));
            contexts.add(context);
            layers.add(context.build(spec.layer()));
        }
    }

    private static int sizeOf(Wiring wiring) {
        long count = Sizes.sum(wiring.parameterCount(), wiring.stateCount());
        if (count > Matrix.MAX_ELEMENTS) {
            throw new IllegalArgumentException(
                    "%d parameters are more than the %d of one matrix".formatted(count, Matrix.MAX_ELEMENTS));
        }
        return (int) count;
    }

    /** Draws the initial values, layer by layer. */
    public void initialise(RandomGenerator random) {
        layers.forEach(layer -> layer.initialise(random));
    }

    /**
     * Sets the weights of one column of the batch to 0. A column that is 0 in every training row never gets a gradient,
     * so without this the first other value in a prediction would meet random initial weights.
     */
    public void zeroInputWeights(int inputColumn) {
        for (int node = 0; node < layers.size(); node++) {
            if (wiring.nodes().get(node).inputs().contains(BufferPlan.BATCH)) {
                layers.get(node).zeroInputWeights(inputColumn);
            }
        }
    }

    public Wiring wiring() {
        return wiring;
    }

    public Parameters parameters() {
        return parameters;
    }

    /** The maximum number of examples per batch. */
    public int maxRows() {
        return maxRows;
    }

    /** The output for a batch in evaluation mode; valid until the next call. */
    public Matrix forward(Matrix examples) {
        return forward(Pass.EVALUATION, examples);
    }

    /** The output for a batch; valid until the next call. */
    public Matrix forward(Pass pass, Matrix examples) {
        if (examples.rows() > maxRows || examples.columns() != wiring.inputWidth()) {
            throw new IllegalArgumentException("%d × %d examples for a network that takes up to %d × %d"
                    .formatted(examples.rows(), examples.columns(), maxRows, wiring.inputWidth()));
        }
        outputs[0] = examples;
        for (int node = 0; node < layers.size(); node++) {
            List<Integer> inputs = wiring.nodes().get(node).inputs();
            Matrix[] x = new Matrix[inputs.size()];
            for (int input = 0; input < x.length; input++) {
                x[input] = present(outputs[inputs.get(input) + 1]);
            }
            outputs[node + 1] = layers.get(node).forward(pass, x);
        }
        return present(outputs[wiring.output() + 1]);
    }

    /**
     * Takes ∂loss/∂output for the last {@code forward} and stores the gradient of every parameter in
     * {@link #parameters}.
     */
    public void backward(Matrix outputGradient) {
        Arrays.fill(gradients, null);
        gradients[wiring.output() + 1] = outputGradient;
        for (int node = layers.size() - 1; node >= 0; node--) {
            if (plan.isGradientWanted(node)) {
                Matrix[] inputGradients = layers.get(node).backward(present(gradients[node + 1]));
                for (int input = 0; input < inputGradients.length; input++) {
                    pass(wiring.nodes().get(node).inputs().get(input), inputGradients[input]);
                }
            }
        }
    }

    /** ∂loss/∂batch of the last {@code backward}, for networks of {@link Purpose#INPUT_GRADIENT}. */
    public Matrix inputGradient() {
        return present(gradients[0]);
    }

    /** The output of a node in the last {@code forward}. */
    public Matrix outputOf(int node) {
        return present(outputs[node + 1]);
    }

    private void pass(int node, Matrix gradient) {
        if (!plan.isGradientWanted(node)) {
            return;
        }
        Buffer buffer = sums[node + 1];
        Matrix known = gradients[node + 1];
        if (buffer == null) {
            gradients[node + 1] = gradient;
        } else if (known == null) {
            // The gradient is in the memory of a layer, possibly memory that the node's other user has yet to read.
            Matrix sum = buffer.rows(gradient.rows());
            sum.copy(gradient);
            gradients[node + 1] = sum;
        } else {
            parameters.team().add(gradient, known);
        }
    }

    private static Matrix present(@Nullable Matrix matrix) {
        if (matrix == null) {
            throw new IllegalStateException("Not computed yet: forward comes before backward");
        }
        return matrix;
    }

    /** Frees the memory of all layers; the parameters are freed only by {@link Parameters#close}. */
    @Override
    public void close() {
        contexts.forEach(LayerContext::close);
        Arrays.stream(sums).filter(Objects::nonNull).forEach(Buffer::close);
    }
}
