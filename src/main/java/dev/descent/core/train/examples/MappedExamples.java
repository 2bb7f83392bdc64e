package dev.descent.core.train.examples;

import dev.descent.core.math.MappedMatrix;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Examples whose inputs are in a file; their targets and weights, which are a small part of them, are in memory. */
public final class MappedExamples implements ExampleSource {

    /** By which the baseline of an autoencoder is judged, whose targets are as large as its inputs. */
    private static final int JUDGED_NUMBERS = 1 << 24;

    private final MappedMatrix inputs;
    private final @Nullable Matrix targets;
    private final @Nullable Matrix weights;
    private final boolean[] used;
    private final ExecutorService readAhead = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "read-ahead");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param targets n × 1 class indexes or n × numbers to predict; null if they are the inputs
     * @param weights n × 1; null if all examples count equally
     * @param used which inputs differ from 0 in some example
     */
    public MappedExamples(MappedMatrix inputs, @Nullable Matrix targets, @Nullable Matrix weights, boolean[] used) {
        this.inputs = inputs;
        this.targets = targets;
        this.weights = weights;
        this.used = used.clone();
    }

    /** The numbers that {@link #outcomes} allocates. */
    public static long judgedNumbers(long rows, int inputWidth, boolean targetsAreInputs) {
        return targetsAreInputs ? Math.min(rows * inputWidth, Math.max(JUDGED_NUMBERS, inputWidth)) : 0;
    }

    @Override
    public int count() {
        return inputs.rows();
    }

    @Override
    public int inputWidth() {
        return inputs.columns();
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT32;
    }

    @Override
    public boolean[] usedInputs() {
        return used.clone();
    }

    @Override
    public Examples roomFor(int count) {
        return new Examples(
                Matrix.zeros(precision(), count, inputWidth()),
                Matrix.zeros(precision(), count, targets == null ? inputWidth() : targets.columns()),
                weights == null ? null : Matrix.zeros(precision(), count, 1));
    }

    @Override
    public void copyTo(int example, Examples room, int to) {
        inputs.copyRow(example, room.inputs(), to);
        if (targets == null) {
            room.targets().copyRow(room.inputs(), to, to);
        } else {
            room.targets().copyRow(targets, example, to);
        }
        if (weights != null && room.weights() != null) {
            room.weights().copyRow(weights, example, to);
        }
    }

    @Override
    public void expect(int from, int to) {
        readAhead.execute(() -> {
            try {
                inputs.load(from, to);
            } catch (UncheckedIOException metAgain) {
                // By whoever copies the examples, who can tell.
            }
        });
    }

    @Override
    public Reader reader(int most) {
        Matrix room = Matrix.zeros(precision(), Math.min(most, count()), inputWidth());
        return new Reader() {
            @Override
            public Examples range(int from, int to) {
                for (int example = from; example < to; example++) {
                    inputs.copyRow(example, room, example - from);
                }
                Matrix some = room.top(to - from);
                return new Examples(
                        some,
                        targets == null ? some : rows(targets, from, to),
                        weights == null ? null : rows(weights, from, to));
            }

            @Override
            public void close() {
                room.close();
            }
        };
    }

    private static Matrix rows(Matrix matrix, int from, int to) {
        return matrix.slice(from * matrix.columns(), to - from, matrix.columns());
    }

    @Override
    public ExampleSource unweighted() {
        return new MappedExamples(inputs, targets, null, used);
    }

    /**
     * Those of an autoencoder are evenly spaced examples, as many as make 64 MiB: the baseline is then an estimate.
     */
    @Override
    public Outcomes outcomes() {
        if (targets != null) {
            return new Outcomes(targets, weights, () -> {});
        }
        int rows = (int) (judgedNumbers(count(), inputWidth(), true) / Math.max(1, inputWidth()));
        Matrix some = Matrix.zeros(precision(), rows, inputWidth());
        Matrix theirs = weights == null ? null : Matrix.zeros(precision(), rows, 1);
        for (int row = 0; row < rows; row++) {
            int example = (int) ((long) row * count() / rows);
            inputs.copyRow(example, some, row);
            if (weights != null && theirs != null) {
                theirs.copyRow(weights, example, row);
            }
        }
        return new Outcomes(some, theirs, () -> {
            some.close();
            if (theirs != null) {
                theirs.close();
            }
        });
    }

    @Override
    public void close() {
        readAhead.shutdownNow();
        if (targets != null) {
            targets.close();
        }
        if (weights != null) {
            weights.close();
        }
    }
}
