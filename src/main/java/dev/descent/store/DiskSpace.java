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
 * Keeps a part of the disk free. An embedded database that finds no space for a page closes, and with it everything
 * that could be read; so what is large is refused before it comes to that.
 */
@Component
public class DiskSpace {

    private final Settings settings;
    private final AtomicLong promised = new AtomicLong();

    DiskSpace(Settings settings) {
        this.settings = settings;
    }

    /**
     * Which disk, and how much of it.
     *
     * @param home the one directory of all data
     * @param minFreeSpace what uploads, checkpoints and models leave free
     */
    @ConfigurationProperties("descent")
    record Settings(Path home, @DefaultValue("128MB") DataSize minFreeSpace) {}

    /**
     * Before something large is written: so much is his who asks until he closes the promise, so that several that
     * write at the same time don't count on the same space.
     *
     * @throws ProblemException 507 where the disk would be too full afterwards
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

    /** Space for what is about to be written. */
    public final class Promise implements AutoCloseable {

        private final long bytes;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Promise(long bytes) {
            this.bytes = bytes;
            promised.addAndGet(bytes);
        }

        /**
         * Whether it still holds, after something else was written.
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

    /** The same for what is written until the end of the caller's transaction. */
    public void promiseToTransaction(long bytes) {
        Promise promise = promise(bytes);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                promise.close();
            }
        });
    }

    /** @throws ProblemException 507 where no more is left than what is kept free */
    public void require() {
        long free = free();
        if (free < settings.minFreeSpace().toBytes()) {
            throw full(free, settings.minFreeSpace().toMegabytes());
        }
    }

    /**
     * Before something small is written that could wait: down to half of what is kept free.
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

    /** What nobody has written to, or was promised. */
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
