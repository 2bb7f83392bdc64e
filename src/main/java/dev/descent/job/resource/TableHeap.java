package dev.descent.job.resource;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * The heap for tables of requests. No more tables are prepared concurrently than there are cores, and no more than fit
 * into a quarter of the heap together. The other requests wait, which takes neither.
 */
@Component
public class TableHeap {

    private static final long UNIT = 1 << 20;
    private static final int LONGEST_WAIT_SECONDS = 20;

    private final int units;
    private final int least;
    private final Semaphore free;

    TableHeap() {
        this(JobProperties.heapOfTables(), Runtime.getRuntime().availableProcessors());
    }

    TableHeap(long bytes, int atOnce) {
        this.units = Math.toIntExact(Math.max(1, bytes / UNIT));
        this.least = Math.max(1, units / atOnce);
        this.free = new Semaphore(units, true);
    }

    /**
     * Does work that needs this many bytes for a table, in order of arrival.
     *
     * @throws ProblemException 503 if its turn does not come in time
     */
    public <T> T use(long bytes, Supplier<T> work) {
        int taken = (int) Math.min(units, Math.max(least, (bytes + UNIT - 1) / UNIT));
        if (!acquire(taken)) {
            throw new ProblemException(
                    Problem.UNAVAILABLE,
                    "The server prepares the data of other requests, and has no memory for more at the same time",
                    List.of());
        }
        try {
            return work.get();
        } finally {
            free.release(taken);
        }
    }

    private boolean acquire(int taken) {
        try {
            return free.tryAcquire(taken, LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
