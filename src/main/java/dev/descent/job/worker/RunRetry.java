package dev.descent.job.worker;

import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** One run's patience with the store: it waits until a write works, unless it is to end. */
final class RunRetry {

    private final StoreRetry store;
    private volatile boolean stopped;

    RunRetry(StoreRetry store) {
        this.store = store;
    }

    /** The run is to end before its next batch; called from another thread. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** @throws CancellationException once the run is to end */
    void checkCancellation() {
        if (stopped) {
            throw new CancellationException();
        }
    }

    /** Does something as often as it fails for the store's sake, unless the run is to end. */
    void untilItWorks(Runnable write) {
        untilItWorks(() -> {
            write.run();
            return true;
        });
    }

    /** The same for something that has a result. */
    <T> T untilItWorks(Supplier<T> write) {
        return store.untilItWorks(write, this::checkCancellation);
    }

    /** The same also where the run is to end: its last state is worth the wait. */
    void evenAtTheEnd(Runnable write) {
        store.untilItWorks(write);
    }
}
