package dev.descent.core.nn.layer;

import dev.descent.core.Bounds;
import dev.descent.core.Excerpt;
import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.core.Required;
import dev.descent.core.Sizes;
import dev.descent.core.nn.layer.activation.Elu;
import dev.descent.core.nn.layer.activation.Gelu;
import dev.descent.core.nn.layer.activation.LeakyRelu;
import dev.descent.core.nn.layer.activation.Relu;
import dev.descent.core.nn.layer.activation.Sigmoid;
import dev.descent.core.nn.layer.activation.Softplus;
import dev.descent.core.nn.layer.activation.Swish;
import dev.descent.core.nn.layer.activation.Tanh;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer as users specify it. A new layer is a record here and a class next to it: its {@link Name} is the
 * {@code type} that users write, its settings are the record's components, and a static {@code DEFAULT} holds their
 * defaults.
 */
public sealed interface LayerSpec {

    /** The maximum number of units per layer. */
    int MAX_UNITS = 1 << 20;

    /**
     * The maximum number of columns of a batch or of a node's output. Whatever is wider could not be used: behind it
     * stands a dense layer, be it the output's, with a weight for each column at least, and that is the number of
     * parameters that a job may have.
     */
    int MAX_WIDTH = 1 << 27;

    /**
     * A fully connected layer, {@link Dense}.
     *
     * @param bias whether a bias is added to the product
     */
    @Name("dense")
    record DenseSpec(
            @Name("units") @Required @Bounds(min = 1, max = MAX_UNITS)
            int units,

            @Name("bias") boolean bias,
            @Name("initializer") Initializer initializer)
            implements LayerSpec {

        public static final DenseSpec DEFAULT = new DenseSpec(1);

        public DenseSpec(int units) {
            this(units, true, Initializer.GLOROT_UNIFORM);
        }

        @Override
        public long outputWidth(Incoming in) {
            return units;
        }

        @Override
        public long parameterCount(Incoming in) {
            return Sizes.product(in.width() + (bias ? 1L : 0L), units);
        }

        @Override
        public List<BufferSpec> buffers(Incoming in, boolean inputGradientWanted, int teamSize) {
            return Dense.buffers(in.width(), units, inputGradientWanted, teamSize);
        }

        @Override
        public Layer build(LayerContext context) {
            return new Dense(context, this);
        }
    }

    /** {@link Relu}. */
    @Name("relu")
    record ReluSpec() implements LayerSpec {
        @Override
        public Layer build(LayerContext context) {
            return new ElementwiseLayer(context, new Relu());
        }
    }

    /** {@link LeakyRelu}. */
    @Name("leaky_relu")
    record LeakyReluSpec(
            @Name("negative_slope") @Bounds(min = 0, max = 1)
            double negativeSlope) implements LayerSpec {

        public static final LeakyReluSpec DEFAULT = new LeakyReluSpec(0.01);

        @Override
        public Layer build(LayerContext context) {
            return new ElementwiseLayer(context, new LeakyRelu(negativeSlope));
        }
    }

    /** {@link Elu}. */
    @Name("elu")
    record EluSpec(
            @Name("alpha") @Bounds(min = 1e-6, max = 1e3) double alpha) implements LayerSpec {

        public static final EluSpec DEFAULT = new EluSpec(1);

        @Override
        public Layer build(LayerContext context) {
            return new ElementwiseLayer(context, new Elu(alpha));
        }
    }

    /** {@link Gelu}. */
    @Name("gelu")
    record GeluSpec() implements LayerSpec {
        @Override
        public Layer build(LayerContext context) {
            return new ElementwiseLayer(context, new Gelu());
        }
    }

    /** {@link Sigmoid}. */
    @Name("sigmoid")
    record SigmoidSpec() implements LayerSpec {
        @Override
        public Layer build(LayerContext context) {
            return new ElementwiseLayer(context, new Sigmoid());
        }
    }

    /** {@link Tanh}. */
    @Name("tanh")
    record TanhSpec() implements LayerSpec {
        @Override
        public Layer build(LayerContext context) {
            return new ElementwiseLayer(context, new Tanh());
        }
    }

    /** {@link Softplus}. */
    @Name("softplus")
    record SoftplusSpec() implements LayerSpec {
        @Override
        public Layer build(LayerContext context) {
            return new ElementwiseLayer(context, new Softplus());
        }
    }

    /** {@link Swish}. */
    @Name("swish")
    record SwishSpec() implements LayerSpec {
        @Override
        public Layer build(LayerContext context) {
            return new ElementwiseLayer(context, new Swish());
        }
    }

    /**
     * {@link Dropout}.
     *
     * @param rate the probability that an input is dropped in a training step
     */
    @Name("dropout")
    record DropoutSpec(
            @Name("rate") @Bounds(min = 0, max = 0.99) double rate) implements LayerSpec {

        public static final DropoutSpec DEFAULT = new DropoutSpec(0.5);

        @Override
        public List<BufferSpec> buffers(Incoming in, boolean inputGradientWanted, int teamSize) {
            return List.of(
                    BufferSpec.forward("output", in.width()),
                    BufferSpec.forward("scales", in.width()),
                    BufferSpec.backward("gradient", in.width()));
        }

        @Override
        public Layer build(LayerContext context) {
            return new Dropout(context, rate);
        }
    }

    /**
     * {@link BatchNormalization}.
     *
     * @param momentum the weight of the current batch in the running mean and variance
     * @param epsilon added to the variance
     */
    @Name("batch_normalization")
    record BatchNormalizationSpec(
            @Name("momentum") @Bounds(min = 1e-6, max = 1) double momentum,
            @Name("epsilon") @Bounds(min = 1e-12, max = 1) double epsilon)
            implements LayerSpec {

        public static final BatchNormalizationSpec DEFAULT = new BatchNormalizationSpec(0.1, 1e-5);

        @Override
        public long parameterCount(Incoming in) {
            return 2L * in.width();
        }

        @Override
        public long stateCount(Incoming in) {
            return 2L * in.width();
        }

        @Override
        public List<BufferSpec> buffers(Incoming in, boolean inputGradientWanted, int teamSize) {
            return Normalization.buffers(in);
        }

        @Override
        public Layer build(LayerContext context) {
            return new BatchNormalization(context, momentum, epsilon);
        }
    }

    /**
     * {@link LayerNormalization}.
     *
     * @param epsilon added to the variance
     */
    @Name("layer_normalization")
    record LayerNormalizationSpec(
            @Name("epsilon") @Bounds(min = 1e-12, max = 1) double epsilon) implements LayerSpec {

        public static final LayerNormalizationSpec DEFAULT = new LayerNormalizationSpec(1e-5);

        @Override
        public long parameterCount(Incoming in) {
            return 2L * in.width();
        }

        @Override
        public List<BufferSpec> buffers(Incoming in, boolean inputGradientWanted, int teamSize) {
            return Normalization.buffers(in);
        }

        @Override
        public Layer build(LayerContext context) {
            return new LayerNormalization(context, epsilon);
        }
    }

    /**
     * Replaces levels by vectors, {@link Embedding}.
     *
     * @param units the length of each vector
     * @param column the categorical column to replace, which becomes the only one in the output; without it, every
     *     categorical column is replaced and the other columns pass through unchanged
     */
    @Name("embedding")
    record EmbeddingSpec(
            @Name("units") @Bounds(min = 1, max = 1_024) int units,

            @Name("column") @Nullable @Bounds(min = 1, max = 1_000)
            String column)
            implements LayerSpec {

        public static final EmbeddingSpec DEFAULT = new EmbeddingSpec(8, null);

        @Override
        public boolean readsBatchByName() {
            return true;
        }

        @Override
        public boolean embeds(String categorical) {
            return column == null || column.equals(categorical);
        }

        private List<BatchColumn> columns(BatchColumns batch) {
            if (column == null) {
                if (!batch.holdLevelNumbers()) {
                    throw new LayerViolationException("column", "there is no categorical column to embed");
                }
                return batch.list();
            }
            BatchColumn named = byName(batch, column, "column");
            if (!named.holdsLevelNumbers()) {
                throw new LayerViolationException(
                        "column",
                        "\"%s\" holds numbers; an embedding needs a categorical column".formatted(Excerpt.of(column)));
            }
            return List.of(named);
        }

        @Override
        public long outputWidth(Incoming in) {
            return Sizes.sum(
                    columns(in.batch()).stream().mapToLong(shown -> shown.holdsLevelNumbers() ? units : shown.width()));
        }

        @Override
        public long parameterCount(Incoming in) {
            return Sizes.sum(columns(in.batch()).stream().mapToLong(shown -> Sizes.product(shown.levels(), units)));
        }

        @Override
        public List<BufferSpec> buffers(Incoming in, boolean inputGradientWanted, int teamSize) {
            BufferSpec output = BufferSpec.forward("output", Math.toIntExact(outputWidth(in)));
            return inputGradientWanted ? List.of(output, BufferSpec.backward("gradient", in.width())) : List.of(output);
        }

        @Override
        public Layer build(LayerContext context) {
            return new Embedding(context, columns(context.incoming().batch()), units);
        }
    }

    /** A selection of the batch's raw columns, {@link Columns}. */
    @Name("columns")
    record ColumnsSpec(
            @Name("columns") @Required @Bounds(min = 1, max = 10_000)
            List<String> columns) implements LayerSpec {

        public ColumnsSpec {
            columns = List.copyOf(columns);
        }

        @Override
        public boolean readsBatchByName() {
            return true;
        }

        private List<Columns.Span> spans(BatchColumns batch) {
            return columns.stream().map(name -> span(batch, name)).toList();
        }

        private static Columns.Span span(BatchColumns batch, String name) {
            BatchColumn column = byName(batch, name, "columns");
            if (column.holdsLevelNumbers()) {
                throw new LayerViolationException(
                        "columns",
                        "\"%s\" is embedded, and only the embedding can read it".formatted(Excerpt.of(name)));
            }
            return new Columns.Span(batch.start(column), column.width());
        }

        @Override
        public long outputWidth(Incoming in) {
            return Sizes.sum(spans(in.batch()).stream().mapToLong(Columns.Span::width));
        }

        @Override
        public List<BufferSpec> buffers(Incoming in, boolean inputGradientWanted, int teamSize) {
            BufferSpec output = BufferSpec.forward("output", Math.toIntExact(outputWidth(in)));
            return inputGradientWanted ? List.of(output, BufferSpec.backward("gradient", in.width())) : List.of(output);
        }

        @Override
        public Layer build(LayerContext context) {
            return new Columns(context, spans(context.incoming().batch()));
        }
    }

    /** Two or more inputs side by side, {@link Concatenate}. */
    @Name("concatenate")
    record ConcatenateSpec() implements LayerSpec {
        @Override
        public Arity arity() {
            return Arity.TWO_OR_MORE;
        }

        @Override
        public long outputWidth(Incoming in) {
            return in.totalWidth();
        }

        @Override
        public List<BufferSpec> buffers(Incoming in, boolean inputGradientWanted, int teamSize) {
            return Concatenate.buffers(in);
        }

        @Override
        public Layer build(LayerContext context) {
            return new Concatenate(context);
        }
    }

    /** The sum of two or more inputs, {@link Add}. */
    @Name("add")
    record AddSpec() implements LayerSpec {
        @Override
        public Arity arity() {
            return Arity.TWO_OR_MORE;
        }

        @Override
        public List<BufferSpec> buffers(Incoming in, boolean inputGradientWanted, int teamSize) {
            return List.of(BufferSpec.forward("output", in.width()));
        }

        @Override
        public Layer build(LayerContext context) {
            return new Add(context);
        }
    }

    /** The element-wise product of two inputs, {@link Multiply}. */
    @Name("multiply")
    record MultiplySpec() implements LayerSpec {
        @Override
        public Arity arity() {
            return Arity.TWO;
        }

        @Override
        public List<BufferSpec> buffers(Incoming in, boolean inputGradientWanted, int teamSize) {
            return List.of(
                    BufferSpec.forward("output", in.width()),
                    BufferSpec.backward("gradientA", in.width()),
                    BufferSpec.backward("gradientB", in.width()));
        }

        @Override
        public Layer build(LayerContext context) {
            return new Multiply(context);
        }
    }

    /** How many inputs a layer takes. */
    enum Arity {
        ONE("1 input", 1, 1),
        TWO("2 inputs", 2, 2),
        TWO_OR_MORE("2 to 64 inputs", 2, 64);

        private final String words;
        private final int min;
        private final int max;

        Arity(String words, int min, int max) {
            this.words = words;
            this.min = min;
            this.max = max;
        }

        public boolean accepts(int count) {
            return min <= count && count <= max;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** The name that users write for this layer. */
    default String type() {
        return Names.of(getClass());
    }

    default Arity arity() {
        return Arity.ONE;
    }

    /** Whether the layer looks up raw columns of the batch by name, so that its only input must be the batch. */
    default boolean readsBatchByName() {
        return false;
    }

    /** Whether the layer replaces the levels of the given categorical column by vectors. */
    default boolean embeds(String categorical) {
        return false;
    }

    /**
     * The number of output columns, possibly more than {@link #MAX_WIDTH}; by default that of the inputs, which must
     * then all be equal.
     */
    default long outputWidth(Incoming in) {
        if (in.widths().stream().anyMatch(width -> width != in.width())) {
            throw new LayerViolationException(
                    "inputs", "inputs of %s need the same width, got %s".formatted(type(), in.widths()));
        }
        return in.width();
    }

    /** The number of scalars that gradients change. */
    default long parameterCount(Incoming in) {
        return 0;
    }

    /** The number of scalars stored with the parameters but not changed by gradients. */
    default long stateCount(Incoming in) {
        return 0;
    }

    /**
     * The matrices that the layer reuses from batch to batch; by default one output and one gradient.
     *
     * @param inputGradientWanted whether anything before the layer, or the caller, needs ∂loss/∂x
     * @param teamSize the number of threads that compute the layer
     */
    default List<BufferSpec> buffers(Incoming in, boolean inputGradientWanted, int teamSize) {
        return List.of(BufferSpec.forward("output", in.width()), BufferSpec.backward("gradient", in.width()));
    }

    /** Builds the layer; called by {@link LayerContext#build}. */
    Layer build(LayerContext context);

    private static BatchColumn byName(BatchColumns batch, String name, String part) {
        return batch.named(name)
                .orElseThrow(() -> new LayerViolationException(
                        part,
                        "there is no feature \"%s\"; accepted: %s"
                                .formatted(Excerpt.of(name), Excerpt.of(batch.names(), "features"))));
    }
}
