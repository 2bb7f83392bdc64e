package dev.descent.core.math;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that compute together: the owner's, and one helper for each further part. Every product and every pass over a
 * matrix is split into as many parts as the team has threads, each writing its own rows or elements.
 *
 * <p>The number of parts is fixed, and with it every bit of the result; which thread computes a part is not. A helper
 * busy-waits for some microseconds, because waking up takes longer than a small product, and the owner computes
 * whatever no helper has started. So a team never waits for a thread without a core. If the teams at work together have
 * more threads than the machine has cores, helpers leave their parts to the owner: a single job uses all cores, and
 * with as many jobs as cores each job uses one.
 *
 * <p>Handing over a part costs under a microsecond if the helper is awake. Work too small to be worth that is not
 * split.
 */
public final class ThreadTeam implements AutoCloseable {

    /** The minimum number of elements that make a part worthwhile for a pass of a few instructions per element. */
    public static final int LIGHT = 4_096;

    /** The same for a pass with an exponential or the like per element. */
    public static final int HEAVY = 256;

    /** The minimum number of multiplications for a product. */
    private static final long PRODUCTS = 100_000;

    private static final int MAX_PARTS = 1 << 10;
    private static final int SPINS = 2_000;
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final AtomicInteger TEAMS_AT_WORK = new AtomicInteger();

    private final int size;
    private final Kernels[] kernels;
    private final Thread[] helpers;
    private final AtomicLongArray begun;
    private final AtomicLongArray done;
    private final AtomicIntegerArray asleep;
    private @Nullable Range range;
    private int elements;
    private int step;
    private volatile long round;
    private volatile @Nullable Throwable failure;
    private boolean started;
    private volatile boolean closed;

    /** One part of a pass: the elements (or rows) from {@code from} inclusive to {@code to} exclusive. */
    @FunctionalInterface
    public interface Range {
        void run(Kernels kernels, int from, int to);
    }

    /** One part of a sum. */
    @FunctionalInterface
    public interface Summand {
        double sum(Kernels kernels, int from, int to);
    }

    /**
     * @param size the number of threads, at least 1; they start with the first work that is shared
     * @param precision of the matrices that they work on
     */
    public ThreadTeam(int size, Precision precision) {
        if (size < 1 || size > MAX_PARTS) {
            throw new IllegalArgumentException("A team of " + size);
        }
        this.size = size;
        this.kernels = new Kernels[size];
        this.begun = new AtomicLongArray(size);
        this.done = new AtomicLongArray(size);
        this.asleep = new AtomicIntegerArray(size);
        this.helpers = new Thread[size];
        for (int part = 0; part < size; part++) {
            kernels[part] = Kernels.of(precision);
        }
    }

    /** Only the calling thread. */
    public static ThreadTeam alone(Precision precision) {
        return new ThreadTeam(1, precision);
    }

    /** From now until it is closed, the team counts towards the cores in use. */
    public void start() {
        if (started) {
            return;
        }
        started = true;
        TEAMS_AT_WORK.incrementAndGet();
        String owner = Thread.currentThread().getName();
        for (int part = 1; part < size; part++) {
            int own = part;
            helpers[part] = new Thread(() -> help(own), owner + "-helper-" + part);
            helpers[part].setDaemon(true);
            helpers[part].start();
        }
    }

    public int size() {
        return size;
    }

    /**
     * Runs a pass over {@code count} elements.
     *
     * @param grain the minimum size of a part
     */
    public void each(int count, int grain, Range pass) {
        int parts = Math.min(size, count / grain);
        if (parts < 2) {
            pass.run(kernels[0], 0, count);
            return;
        }
        share(pass, count, parts);
    }

    /** Adds up the results of a pass over {@code count} elements, in part order. */
    public double sum(int count, int grain, Summand pass) {
        int parts = Math.min(size, count / grain);
        if (parts < 2) {
            return pass.sum(kernels[0], 0, count);
        }
        share((own, from, to) -> own.sum = pass.sum(own, from, to), count, parts);
        double sum = 0;
        for (int part = 0; part < parts; part++) {
            sum += kernels[part].sum;
        }
        return sum;
    }

    /** C ← alpha op(A) op(B) + beta C, where op transposes on request. Each thread computes some rows of C. */
    public void multiply(
            double alpha, Matrix a, boolean transposeA, Matrix b, boolean transposeB, double beta, Matrix c) {
        int parts = partsOf((long) c.size() * (transposeA ? a.rows() : a.columns()));
        each(
                c.rows(),
                Math.max(1, c.rows() / parts),
                (own, from, to) -> c.multiplyRows(from, to, alpha, a, transposeA, b, transposeB, beta));
    }

    /** C ← A Bᵀ. Each thread computes some columns of C from some rows of B. */
    public void multiplyByColumns(Matrix a, Matrix b, Matrix c) {
        int parts = partsOf((long) c.size() * a.columns());
        each(
                c.columns(),
                Math.max(1, c.columns() / parts),
                (own, from, to) -> c.multiplyColumns(from, to, 1, a, false, b, true, 0));
    }

    /**
     * The threads' contributions to A B, each from some columns of A and the same rows of B.
     *
     * @param sums receives the contributions, each of the shape of A B, as many as {@link #partsOf} says
     */
    public void multiplyByInner(Matrix a, Matrix b, Matrix[] sums) {
        int inner = a.columns();
        int step = stepOf(inner, sums.length);
        each(sums.length, 1, (own, first, end) -> {
            for (int part = first; part < end; part++) {
                sums[part].multiplyInner(Math.min(inner, part * step), Math.min(inner, (part + 1) * step), a, b);
            }
        });
    }

    /** y ← y + x, element by element. */
    public void add(Matrix x, Matrix y) {
        each(y.size(), LIGHT, (own, from, to) -> own.addScaled(from, to, 1, x, y));
    }

    /** Adds a one-row matrix to every row of y. */
    public void addToRows(Matrix row, Matrix y) {
        int grain = Math.max(1, LIGHT / Math.max(1, y.columns()));
        each(y.rows(), grain, (own, from, to) -> own.addToRows(from, to, row, y));
    }

    /** sums ← the sum of all rows of x. */
    public void sumRows(Matrix x, Matrix sums) {
        kernels[0].sumColumns(x, sums);
    }

    /** How many parts a product of this many multiplications is worth. */
    public int partsOf(long multiplications) {
        return partsOf(multiplications, size);
    }

    /** The same for a team of the given size. */
    public static int partsOf(long multiplications, int size) {
        return (int) Math.max(1, Math.min(size, multiplications / PRODUCTS));
    }

    private void share(Range pass, int count, int parts) {
        start();
        range = pass;
        elements = count;
        step = stepOf(count, parts);
        long now = (round / MAX_PARTS + 1) * MAX_PARTS + parts - 1;
        round = now;
        for (int part = 1; part < parts; part++) {
            if (asleep.get(part) == 1 && mayHelp(part)) {
                LockSupport.unpark(helpers[part]);
            }
        }
        perform(0);
        // The call must not return or throw while a helper is still writing.
        for (int part = 1; part < parts; part++) {
            if (begin(part, now)) {
                perform(part);
            } else {
                await(part, now);
            }
        }
        if (failure != null) {
            rethrow();
        }
    }

    private void rethrow() {
        Throwable thrown = failure;
        failure = null;
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) Objects.requireNonNull(thrown);
    }

    /** Long parts start at a new cache line; short ones are as even as possible. */
    private static int stepOf(int count, int parts) {
        int even = (count + parts - 1) / parts;
        int line = even >= 512 ? 16 : 1;
        return (even + line - 1) / line * line;
    }

    private boolean begin(int part, long now) {
        long last = begun.get(part);
        return last < now && begun.compareAndSet(part, last, now);
    }

    private void perform(int part) {
        try {
            Objects.requireNonNull(range)
                    .run(kernels[part], Math.min(elements, part * step), Math.min(elements, (part + 1) * step));
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
    }

    private void await(int part, long now) {
        for (int spins = 0; done.get(part) != now; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    /** Whether all active teams can use this many threads without exceeding the number of cores. */
    private static boolean mayHelp(int part) {
        return (part + 1) * TEAMS_AT_WORK.get() <= CORES;
    }

    private void help(int part) {
        long seen = 0;
        int spins = 0;
        while (!closed) {
            long now = round;
            if (now != seen && mayHelp(part)) {
                seen = now;
                spins = 0;
                if (part <= now % MAX_PARTS && begin(part, now)) {
                    perform(part);
                    done.set(part, now);
                }
            } else if (spins++ < SPINS) {
                Thread.onSpinWait();
            } else {
                sleep(part, now);
                spins = 0;
            }
        }
    }

    private void sleep(int part, long now) {
        asleep.set(part, 1);
        if (!closed && (round == now || !mayHelp(part))) {
            LockSupport.park(this);
        }
        asleep.set(part, 0);
    }

    @Override
    public void close() {
        if (closed || !started) {
            return;
        }
        closed = true;
        TEAMS_AT_WORK.decrementAndGet();
        for (int part = 1; part < size; part++) {
            LockSupport.unpark(helpers[part]);
        }
    }
}
