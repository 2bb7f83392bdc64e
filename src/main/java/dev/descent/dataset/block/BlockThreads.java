package dev.descent.dataset.block;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that help whoever reads a file. Work is done by whichever comes first, a helper that is free or the thread
 * that needs its result: so nobody waits for a helper that is busy with another file, and with no helper at all
 * everything is the same but slower.
 */
public final class BlockThreads implements AutoCloseable {

    private static final int IDLE_SECONDS = 30;

    private final int size;
    private final Executor helpers;

    /** @param size how many threads read one file, the one that asks for it included */
    public BlockThreads(int size) {
        this.size = size;
        this.helpers = size == 1 ? work -> {} : pool(size - 1);
    }

    private static ThreadPoolExecutor pool(int threads) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> {
                    Thread thread = new Thread(work, "reader-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                // Once closed, whoever needs the result computes it.
                new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Only the calling thread. */
    public static BlockThreads alone() {
        return new BlockThreads(1);
    }

    public int size() {
        return size;
    }

    /** Something to compute whose result is needed later. */
    <T> FutureTask<T> begin(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        helpers.execute(task);
        return task;
    }

    /** Its result, computed here if nobody has begun. An interrupt is left to the caller: what is begun ends soon. */
    static <T> T result(FutureTask<T> task) {
        task.run();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException stop) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException failure) {
            throw unchecked(failure.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    /**
     * Begins with the parts of some work, which are independent of each other.
     *
     * @param count how many parts there are
     */
    public Parts begin(int count, IntConsumer part) {
        Parts parts = new Parts(count, part);
        for (int helper = 1; helper < Math.min(size, count); helper++) {
            helpers.execute(parts::work);
        }
        return parts;
    }

    /** The threads end when they have nothing left to do. */
    @Override
    public void close() {
        if (helpers instanceof ThreadPoolExecutor pool) {
            pool.shutdown();
        }
    }

    /** Parts of some work that has begun. */
    public static final class Parts {

        private final int count;
        private final IntConsumer part;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch undone;
        private int firstFailed = Integer.MAX_VALUE;
        private @Nullable Throwable failure;

        private Parts(int count, IntConsumer part) {
            this.count = count;
            this.part = part;
            this.undone = new CountDownLatch(count);
        }

        /** None, which are done. */
        public static Parts none() {
            return new Parts(0, part -> {});
        }

        private void work() {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                try {
                    part.accept(i);
                } catch (RuntimeException | Error thrown) {
                    fail(i, thrown);
                } finally {
                    undone.countDown();
                }
            }
        }

        private synchronized void fail(int number, Throwable thrown) {
            if (number < firstFailed) {
                firstFailed = number;
                failure = thrown;
            }
        }

        /** Does what nobody has begun and waits for the rest; throws what the first of those that failed has thrown. */
        public void finish() {
            work();
            boolean interrupted = false;
            while (true) {
                try {
                    undone.await();
                    break;
                } catch (InterruptedException stop) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            rethrow();
        }

        private synchronized void rethrow() {
            if (failure != null) {
                throw unchecked(failure);
            }
        }
    }
}
