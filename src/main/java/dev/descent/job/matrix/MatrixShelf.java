package dev.descent.job.matrix;

import dev.descent.dataset.DatasetDeleted;
import dev.descent.dataset.Datasets;
import dev.descent.store.DataDirectory;
import dev.descent.store.Database;
import dev.descent.ticker.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The directories of encoded examples: which are in use, which go when there are too many, and which a crash left. A
 * name is the id of a dataset, a hyphen, and a digest of everything else.
 */
@Component
class MatrixShelf implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(MatrixShelf.class);

    private static final String TEMPORARY = ".part";
    private static final Duration AGE_OF_LEFTOVERS = Duration.ofHours(1);

    /** The share of what is free, or taken by encoded examples, that these may take. */
    private static final int SHARE = 10;

    private static final long LEAST = 1L << 30;

    private final Path folder;
    private final @Nullable Long maxBytes;
    private final Datasets datasets;
    private final Database database;
    private final ScheduledFuture<?> sweeps;
    private final Instant created = Instant.now();
    private final Map<String, Use> uses = new HashMap<>();
    private final Lock books = new ReentrantLock();

    MatrixShelf(MatrixProperties properties, Datasets datasets, Database database, Ticker ticker) {
        this.folder = DataDirectory.writable(properties.home().resolve("matrices"));
        this.maxBytes = properties.matrices().maxSize() == null
                ? null
                : properties.matrices().maxSize().toBytes();
        this.datasets = datasets;
        this.database = database;
        this.sweeps = ticker.repeatLater(() -> sweep(AGE_OF_LEFTOVERS), Duration.ofHours(1));
    }

    /** Keeps a directory from being removed to make room, until its last use is closed. */
    final class Use implements AutoCloseable {

        private final String name;
        private final Lock writing = new ReentrantLock();
        private int count;

        private Use(String name) {
            this.name = name;
        }

        /** Held by whoever writes it, so that it is written once. */
        Lock writing() {
            return writing;
        }

        Path path() {
            return folder.resolve(name);
        }

        /** A new directory, to be {@linkplain #publish published} once it is complete. */
        Path begin() throws IOException {
            return Files.createTempDirectory(folder, name + TEMPORARY);
        }

        /** Gives a complete directory its name; one that another process has written meanwhile is as good. */
        void publish(Path complete) throws IOException {
            try {
                Files.move(complete, path(), StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException exists) {
                if (!Files.exists(path())) {
                    throw exists;
                }
                delete(complete);
            }
        }

        /** Remembers when it was used, for whoever makes room. */
        void touch() throws IOException {
            Files.setLastModifiedTime(path().resolve(MatrixFolder.DESCRIPTION), FileTime.from(Instant.now()));
        }

        @Override
        public void close() {
            books.lock();
            try {
                count--;
                if (count == 0) {
                    uses.remove(name);
                }
            } finally {
                books.unlock();
            }
            makeRoom(0);
        }
    }

    Use use(String name) {
        books.lock();
        try {
            Use use = uses.computeIfAbsent(name, Use::new);
            use.count++;
            return use;
        } finally {
            books.unlock();
        }
    }

    private record Entry(Path path, long bytes, Instant lastUsed) {}

    /**
     * Removes what has been unused for longest, until there are no more than may be kept.
     *
     * @param further bytes that are about to be written
     */
    void makeRoom(long further) {
        books.lock();
        try {
            List<Entry> entries = entries();
            long bytes = entries.stream().mapToLong(Entry::bytes).sum();
            long most = maxBytes == null ? Math.max(LEAST, (bytes + free()) / SHARE) : maxBytes;
            entries.sort(Comparator.comparing(Entry::lastUsed));
            for (Entry entry : entries) {
                if (bytes + further <= most) {
                    return;
                }
                if (!uses.containsKey(entry.path().getFileName().toString())) {
                    delete(entry.path());
                    bytes -= entry.bytes();
                    log.info("Removed encoded examples of {} MB to make room", entry.bytes() >> 20);
                }
            }
        } catch (IOException failure) {
            log.warn("Encoded examples could not be removed: {}", failure.toString());
        } finally {
            books.unlock();
        }
    }

    private long free() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path entry : all()) {
            if (!isTemporary(entry)) {
                try {
                    entries.add(new Entry(entry, bytes(entry), lastModified(entry)));
                } catch (NoSuchFileException removedByAnotherProcess) {
                    log.debug("{} is gone", entry);
                }
            }
        }
        return entries;
    }

    private static long bytes(Path entry) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(entry)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** Of its newest file. */
    private static Instant lastModified(Path entry) throws IOException {
        Instant latest = Files.getLastModifiedTime(entry).toInstant();
        try (Stream<Path> files = Files.list(entry)) {
            for (Path file : files.toList()) {
                Instant modified = Files.getLastModifiedTime(file).toInstant();
                latest = modified.isAfter(latest) ? modified : latest;
            }
        }
        return latest;
    }

    private static boolean isTemporary(Path entry) {
        return entry.getFileName().toString().contains(TEMPORARY);
    }

    /** If no other process can be running, whatever is older than this one was left behind by a crash. */
    @EventListener
    void sweepAtStart(ApplicationStartedEvent event) {
        if (database.isExclusive()) {
            sweep(Duration.between(created, Instant.now()));
        }
    }

    /** Removes what was never completed, and what belongs to no dataset. */
    void sweep(Duration age) {
        try {
            for (Path entry : all()) {
                if (isTemporary(entry) ? isOlder(entry, age) : !datasets.exists(datasetOf(entry))) {
                    delete(entry);
                    log.info("Removed encoded examples that {}", isTemporary(entry) ? "a crash left" : "nobody needs");
                }
            }
        } catch (IOException failure) {
            log.warn("Encoded examples that nobody needs could not be removed: {}", failure.toString());
        }
        makeRoom(0);
    }

    private static boolean isOlder(Path entry, Duration age) throws IOException {
        try {
            return lastModified(entry).isBefore(Instant.now().minus(age));
        } catch (NoSuchFileException renamedMeanwhile) {
            return false;
        }
    }

    private static String datasetOf(Path entry) {
        String name = entry.getFileName().toString();
        return name.substring(0, Math.max(0, name.lastIndexOf('-')));
    }

    /** What was made of a dataset goes with it. A crash in between leaves it to the next sweep. */
    @TransactionalEventListener
    void forget(DatasetDeleted dataset) {
        try {
            for (Path entry : all()) {
                if (!isTemporary(entry) && datasetOf(entry).equals(dataset.id())) {
                    delete(entry);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** With everything in it; whoever reads its files goes on with them, as far as the system allows. */
    static void delete(Path entry) throws IOException {
        try (Stream<Path> files = Files.list(entry)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException gone) {
            return;
        }
        Files.deleteIfExists(entry);
    }

    @Override
    public void destroy() {
        sweeps.cancel(false);
    }
}
