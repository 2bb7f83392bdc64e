package dev.descent.core.nn;

import dev.descent.core.Bounds;
import dev.descent.core.Specs;
import java.util.List;

/**
 * What a user writes to get a layer. A new layer is a record here and a class beside it: its {@code type} is the record's name in snake case,
 * its settings are the record's components, and a static {@code DEFAULT} holds the default of each setting.
 */
public sealed interface LayerSpec {

    /** The most units of one layer. */
    int MAX_UNITS = 1 << 20;

    /** A fully connected layer, {@link Dense}. */
    record DenseSpec(@Bounds(min = 1, max = MAX_UNITS) int units) implements LayerSpec {

        @Override
        public int outputWidth(List<Integer> inputWidths) {
            return units;
        }

        @Override
        public long parameterCount(List<Integer> inputWidths) {
            return (inputWidths.get(0) + 1L) * units;
        }

        @Override
        public Layer build(LayerContext context) {
            return new Dense(context, units);
        }
    }

    /** {@link Relu}. */
    record ReluSpec() implements LayerSpec {
        @Override
        public Layer build(LayerContext context) {
            return new Relu(context);
        }
    }

    /** {@link Sigmoid}. */
    record SigmoidSpec() implements LayerSpec {
        @Override
        public Layer build(LayerContext context) {
            return new Sigmoid(context);
        }
    }

    /** {@link Tanh}. */
    record TanhSpec() implements LayerSpec {
        @Override
        public Layer build(LayerContext context) {
            return new Tanh(context);
        }
    }

    /** The sum of two or more inputs, {@link Add}. */
    record AddSpec() implements LayerSpec {
        @Override
        public Arity arity() {
            return Arity.TWO_OR_MORE;
        }

        @Override
        public Layer build(LayerContext context) {
            return new Add(context);
        }
    }

    /** The product of two inputs, {@link Multiply}. */
    record MultiplySpec() implements LayerSpec {
        @Override
        public Arity arity() {
            return Arity.TWO;
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

        boolean accepts(int count) {
            return min <= count && count <= max;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** The name by which users call this layer. */
    default String type() {
        return Specs.typeOf(getClass());
    }

    default Arity arity() {
        return Arity.ONE;
    }

    /** The number of output columns; by default that of the inputs, which must then all be the same. */
    default int outputWidth(List<Integer> inputWidths) {
        int first = inputWidths.get(0);
        if (inputWidths.stream().anyMatch(width -> width != first)) {
            throw new IllegalArgumentException(
                    "inputs of %s need the same width, got %s".formatted(type(), inputWidths));
        }
        return first;
    }

    default long parameterCount(List<Integer> inputWidths) {
        return 0;
    }

    /** The layer itself; package-private in effect, since only this package can make a context. */
    Layer build(LayerContext context);
}
