package dev.descent.job.worker;

import dev.descent.problem.Outage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a database that does not answer, or a disk that is full, until this process stops. */
final class StoreRetry {

    private static final Logger log = LoggerFactory.getLogger(StoreRetry.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A line a minute is enough of a long outage. */
    private static final int FAILURES_A_LINE = 60;

    private final CountDownLatch end = new CountDownLatch(1);

    /** From now on nobody waits any more. */
    void end() {
        end.countDown();
    }

    /** Does something as often as it fails for the store's sake. */
    void untilItWorks(Runnable write) {
        untilItWorks(
                () -> {
                    write.run();
                    return true;
                },
                () -> {});
    }

    /**
     * The same for something that has a result.
     *
     * @param cancellationCheck called after each failure; it may end the waiting by an exception
     */
    <T> T untilItWorks(Supplier<T> write, Runnable cancellationCheck) {
        int failures = 0;
        while (true) {
            try {
                return write.get();
            } catch (RuntimeException failure) {
                if (!Outage.isOfStore(failure) || isAtAnEnd()) {
                    throw failure;
                }
                if (failures++ % FAILURES_A_LINE == 0) {
                    log.warn("Waiting for the database or its disk: {}", failure.getMessage());
                }
                cancellationCheck.run();
            }
        }
    }

    /** @return after a pause, false; or at once, true */
    private boolean isAtAnEnd() {
        try {
            return end.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
