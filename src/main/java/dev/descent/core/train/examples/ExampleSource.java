package dev.descent.core.train.examples;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import org.jspecify.annotations.Nullable;

/** The encoded examples of a part, wherever they are. Several threads may copy from it at the same time. */
public interface ExampleSource extends AutoCloseable {

    /** The number of examples. */
    int count();

    /** The number of inputs per example. */
    int inputWidth();

    Precision precision();

    /** Which inputs differ from 0 in some example. */
    boolean[] usedInputs();

    /** Allocates room for {@code count} examples of the same shape. */
    Examples roomFor(int count);

    /** Copies an example into {@code room}, which has the same shape, as its example {@code to}. */
    void copyTo(int example, Examples room, int to);

    /** Hears that the examples from {@code from} inclusive to {@code to} exclusive will soon be copied. */
    default void expect(int from, int to) {
        // In memory they are at hand.
    }

    /**
     * Reads successive examples.
     *
     * @param most that are read at once
     */
    Reader reader(int most);

    /** The same examples, all of which count equally. */
    ExampleSource unweighted();

    /** The targets and weights of the examples, by which a loss can be judged without their inputs. */
    Outcomes outcomes();

    @Override
    void close();

    /** Reads successive examples; closing it frees what it has allocated, and never the source. */
    interface Reader extends AutoCloseable {

        /** The examples from {@code from} inclusive to {@code to} exclusive; valid until the next call. */
        Examples range(int from, int to);

        @Override
        void close();
    }

    /**
     * Targets and weights.
     *
     * @param targets n rows
     * @param weights n × 1; null if all count equally
     * @param owned frees what was allocated for them alone
     */
    record Outcomes(Matrix targets, @Nullable Matrix weights, Runnable owned) implements AutoCloseable {

        @Override
        public void close() {
            owned.run();
        }
    }
}
