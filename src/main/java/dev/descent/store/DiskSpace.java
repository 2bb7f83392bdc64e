package dev.descent.store;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.unit.DataSize;

/**
 * Keeps a part of the disk free. An embedded database that finds no space for a page shuts down, and nothing can be
 * read any more, so large writes are rejected before it comes to that.
 */
@Component
public class DiskSpace {

    private final Settings settings;
    private final AtomicLong promised = new AtomicLong();

    DiskSpace(Settings settings) {
        this.settings = settings;
    }

    /**
     * Which disk to watch, and how much of it to keep free.
     *
     * @param home the single directory for all data
     * @param minFreeSpace what uploads, checkpoints and models must leave free
     */
    @ConfigurationProperties("descent")
    record Settings(Path home, @DefaultValue("128MB") DataSize minFreeSpace) {}

    /**
     * Reserves space for a large write until the promise is closed, so that concurrent writers do not count on the same
     * space.
     *
     * @throws ProblemException 507 if the disk would be too full afterwards
     */
    public Promise promise(long bytes) {
        Promise promise = new Promise(bytes);
        try {
            promise.check();
            return promise;
        } catch (RuntimeException | Error refused) {
            promise.close();
            throw refused;
        }
    }

    /** Space reserved for a write. */
    public final class Promise implements AutoCloseable {

        private final long bytes;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Promise(long bytes) {
            this.bytes = bytes;
            promised.addAndGet(bytes);
        }

        /**
         * Checks whether the space is still available after other writes.
         *
         * @throws ProblemException 507
         */
        public void check() {
            require();
        }

        @Override
        public void close() {
            if (open.getAndSet(false)) {
                promised.addAndGet(-bytes);
            }
        }
    }

    /** The same for writes until the end of the caller's transaction. */
    public void promiseToTransaction(long bytes) {
        Promise promise = promise(bytes);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                promise.close();
            }
        });
    }

    /** @throws ProblemException 507 if no more than the minimum is free */
    public void require() {
        long free = free();
        if (free < settings.minFreeSpace().toBytes()) {
            throw full(free, settings.minFreeSpace().toMegabytes());
        }
    }

    /**
     * Called before a small write that could wait; allows half of the minimum to be used.
     *
     * @throws ProblemException 507
     */
    public void requireSome() {
        long free = free();
        if (free < settings.minFreeSpace().toBytes() / 2) {
            throw full(free, settings.minFreeSpace().toMegabytes() / 2);
        }
    }

    /** Whether there is room for work that writes. */
    public boolean hasSome() {
        return free() >= settings.minFreeSpace().toBytes();
    }

    /** Space that is neither used nor promised. */
    private long free() {
        try {
            return Files.getFileStore(settings.home()).getUsableSpace() - promised.get();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ProblemException full(long free, long reserve) {
        return new ProblemException(
                Problem.OUT_OF_SPACE,
                "The disk is full but for %d MB, and %d MB are kept free (descent.min-free-space); nothing was stored"
                        .formatted(free >> 20, reserve),
                List.of());
    }
}
