package dev.descent.job.matrix;

import dev.descent.core.train.examples.PreparedData;
import dev.descent.job.specification.Specification;
import dev.descent.problem.Outage;
import dev.descent.request.StoredJson;
import dev.descent.store.DiskSpace;
import dev.descent.store.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/**
 * Encoded examples on disk, each under a name that says what they were made from and how: {@link MatrixKey}. They are
 * written under a temporary name, forced to disk and then renamed, so that a crash leaves nothing where a job would look.
 * Files that are damaged all the same are found by their lengths and headers, and made anew.
 */
@Component
public class EncodedMatrices {

    private static final Logger log = LoggerFactory.getLogger(EncodedMatrices.class);

    private static final int LOOK_MILLIS = 100;

    private final MatrixShelf shelf;
    private final StoredJson json;
    private final DiskSpace disk;
    private final long leastBytes;
    private final String descent;

    EncodedMatrices(
            MatrixShelf shelf,
            StoredJson json,
            DiskSpace disk,
            MatrixProperties properties,
            ObjectProvider<BuildProperties> build) {
        this.shelf = shelf;
        this.json = json;
        this.disk = disk;
        this.leastBytes = properties.matrices().minSize().toBytes();
        BuildProperties version = build.getIfAvailable();
        this.descent = version == null ? "development" : String.valueOf(version.getVersion());
    }

    /**
     * Data to be encoded.
     *
     * @param warnings about it
     */
    public record Prepared(PreparedData data, List<String> warnings) {}

    /** Whether examples that fit into memory are so large that other jobs should find them on disk. */
    public boolean isWorthKeeping(PreparedData data) {
        return MatrixFolder.bytes(data) >= leastBytes;
    }

    /** The examples of a job, if they are on disk already. */
    public Optional<StoredExamples> find(Specification specification) {
        MatrixShelf.Use use = shelf.use(name(specification));
        StoredExamples found = null;
        try {
            found = read(use, specification);
        } finally {
            if (found == null) {
                use.close();
            }
        }
        return Optional.ofNullable(found);
    }

    /**
     * The examples of a job, which are encoded if they are not on disk.
     *
     * @param prepare called at most once
     * @param cancellationCheck called repeatedly; may throw to stop
     * @throws dev.descent.problem.ProblemException 507 if the disk is too full
     */
    public StoredExamples open(Specification specification, Supplier<Prepared> prepare, Runnable cancellationCheck) {
        MatrixShelf.Use use = shelf.use(name(specification));
        StoredExamples found = null;
        try {
            lock(use.writing(), cancellationCheck);
            try {
                found = read(use, specification);
                if (found == null) {
                    write(use, prepare.get(), cancellationCheck);
                    found = read(use, specification);
                }
            } finally {
                use.writing().unlock();
            }
            if (found == null) {
                throw new UncheckedIOException(new IOException("Encoded examples could not be read back"));
            }
            return found;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            if (found == null) {
                use.close();
            }
        }
    }

    private String name(Specification specification) {
        String key = json.write(MatrixKey.of(specification, descent));
        return specification.dataset() + "-" + Sha256.of(key.getBytes(StandardCharsets.UTF_8));
    }

    private static void lock(Lock lock, Runnable cancellationCheck) {
        try {
            while (!lock.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                cancellationCheck.run();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while another job encodes the same examples", interrupted);
        }
    }

    /** @return null if there are none that can be read; whatever was there is then gone */
    private @Nullable StoredExamples read(MatrixShelf.Use use, Specification specification) {
        Path path = use.path();
        if (!Files.exists(path)) {
            return null;
        }
        boolean inMemory = !specification.isOnDisk();
        boolean weighted = specification.learningTask().isWeighted();
        try {
            StoredExamples found = new MatrixFolder(path, json).read(weighted, inMemory, use::close);
            use.touch();
            return found;
        } catch (IOException | UncheckedIOException damaged) {
            log.warn("Encoded examples can't be read, and are made anew: {}", damaged.getMessage());
            discard(path);
            return null;
        }
    }

    private static void discard(Path path) {
        try {
            MatrixShelf.delete(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void write(MatrixShelf.Use use, Prepared prepared, Runnable cancellationCheck) throws IOException {
        long bytes = MatrixFolder.bytes(prepared.data());
        shelf.makeRoom(bytes);
        // It is written in small steps, each of which looks again; this one saves a long vain start.
        disk.promise(bytes).close();
        Path temporary = use.begin();
        boolean complete = false;
        try {
            new MatrixFolder(temporary, json).write(prepared.data(), prepared.warnings(), disk, cancellationCheck);
            use.publish(temporary);
            complete = true;
        } finally {
            if (!complete) {
                MatrixShelf.delete(temporary);
            }
        }
        log.info("Encoded examples of {} MB are on disk", bytes >> 20);
    }

    /** Whether a failure leaves it open to do without the disk. */
    public static boolean canDoWithout(RuntimeException failure) {
        return Outage.isFullDisk(failure) || failure instanceof UncheckedIOException;
    }
}
