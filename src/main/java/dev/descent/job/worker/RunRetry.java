package dev.descent.job.worker;

import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** Retries a single run's writes to the store until they succeed, unless the run is to stop. */
final class RunRetry {

    private final StoreRetry store;
    private volatile boolean stopped;

    RunRetry(StoreRetry store) {
        this.store = store;
    }

    /** Makes the run stop before its next batch; called from another thread. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** @throws CancellationException once the run is to stop */
    void checkCancellation() {
        if (stopped) {
            throw new CancellationException();
        }
    }

    /** Repeats an action as long as it fails because of the store, unless the run is to stop. */
    void untilItWorks(Runnable write) {
        untilItWorks(() -> {
            write.run();
            return true;
        });
    }

    /** The same for an action with a result. */
    <T> T untilItWorks(Supplier<T> write) {
        return store.untilItWorks(write, this::checkCancellation);
    }

    /** The same even if the run is to stop: its last state is worth the wait. */
    void evenAtTheEnd(Runnable write) {
        store.untilItWorks(write);
    }
}
