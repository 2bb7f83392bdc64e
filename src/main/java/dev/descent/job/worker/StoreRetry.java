package dev.descent.job.worker;

import dev.descent.problem.Outage;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits while the database is unavailable or its disk is full, until this process stops. */
final class StoreRetry {

    private static final Logger log = LoggerFactory.getLogger(StoreRetry.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** One log line per minute is enough during a long outage. */
    private static final int FAILURES_A_LINE = 60;

    private final CountDownLatch end = new CountDownLatch(1);

    /** Ends all waiting, now and in the future. */
    void end() {
        end.countDown();
    }

    /** Repeats an action as long as it fails because of the store. */
    void untilItWorks(Runnable write) {
        untilItWorks(
                () -> {
                    write.run();
                    return true;
                },
                () -> {});
    }

    /**
     * The same for an action with a result.
     *
     * @param cancellationCheck called after each failure; may throw to stop waiting
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

    /** @return false after a pause, or true immediately once waiting has ended */
    private boolean isAtAnEnd() {
        try {
            return end.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
