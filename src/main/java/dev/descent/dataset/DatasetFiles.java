package dev.descent.dataset;

import dev.descent.dataset.format.Compression;
import dev.descent.dataset.format.Content;
import dev.descent.dataset.format.ContentLimits;
import dev.descent.problem.ProblemException;
import dev.descent.store.DataDirectory;
import dev.descent.store.DiskSpace;
import dev.descent.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The files of datasets, in their own directory. A file is written under a temporary name, forced to disk and then
 * renamed; its database row comes last. A crash therefore leaves at most a file without a row, which {@link #sweep}
 * removes.
 */
@Component
class DatasetFiles {

    private static final Logger log = LoggerFactory.getLogger(DatasetFiles.class);

    /** How much an upload may write before checking the disk space again. */
    private static final long BYTES_AHEAD = 4 << 20;

    private static final String TEMPORARY = ".part";

    /** Of every stored file, whatever its format. */
    private static final String PERMANENT = ".csv";

    private final Path folder;
    private final ContentLimits limits;
    private final DiskSpace disk;

    DatasetFiles(DatasetProperties properties, DiskSpace disk) {
        this.disk = disk;
        this.folder = DataDirectory.writable(properties.home().resolve("datasets"));
        this.limits = properties.upload().ofContent(properties.maxUploadSize());
    }

    /**
     * A received file under its temporary name. Closing it deletes the file unless it has been {@linkplain #keep kept}.
     *
     * @param bytes the size after decompression
     * @param sha256 of those bytes, in hexadecimal
     * @param innerName what it is called in the archive that it came in
     */
    record Received(
            Path file, long bytes, String sha256, @Nullable String innerName) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Writes an upload to disk; leaves nothing behind on failure.
     *
     * @param upload stays open
     * @param declared how it is compressed, as far as its name or a header says so
     */
    Received receive(InputStream upload, Compression declared) throws IOException {
        Path file = Files.createTempFile(folder, "upload", TEMPORARY);
        boolean complete = false;
        try (Content content = Content.open(upload, declared, limits)) {
            Received received = copy(content, file);
            complete = true;
            return received;
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * A stored file once more, as if it had been received again. It takes no space of its own where the file system has
     * hard links: files are never changed.
     */
    Received again(String id, long bytes, String sha256) throws IOException {
        Path file = folder.resolve(id + "-" + UUID.randomUUID() + TEMPORARY);
        // A link is as old as its file, and a sweep removes what is old.
        Files.setLastModifiedTime(path(id), FileTime.from(now()));
        try {
            Files.createLink(file, path(id));
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            copy(path(id), file, bytes);
        }
        return new Received(file, bytes, sha256, null);
    }

    private void copy(Path from, Path to, long bytes) throws IOException {
        try (DiskSpace.Promise ahead = disk.promise(bytes)) {
            ahead.check();
            Files.copy(from, to);
        } catch (IOException | ProblemException failure) {
            Files.deleteIfExists(to);
            throw failure;
        }
    }

    private Received copy(Content content, Path file) throws IOException {
        MessageDigest digest = Sha256.start();
        long bytes = 0;
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest);
                DiskSpace.Promise ahead = disk.promise(BYTES_AHEAD)) {
            byte[] buffer = new byte[1 << 16];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                if (bytes / BYTES_AHEAD != (bytes + count) / BYTES_AHEAD) {
                    ahead.check();
                }
                bytes += count;
                out.write(buffer, 0, count);
            }
        }
        return new Received(file, bytes, Sha256.end(digest), content.innerName());
    }

    /** Renames a received file to its permanent name; from then on it survives a crash. */
    void keep(Received received, String id) throws IOException {
        force(received.file(), StandardOpenOption.WRITE);
        Files.move(received.file(), path(id), StandardCopyOption.ATOMIC_MOVE);
        force(folder, StandardOpenOption.READ);
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        boolean windowsFolder = Files.isDirectory(path) && java.io.File.separatorChar == '\\';
        if (windowsFolder) {
            return; // Windows neither needs nor allows this.
        }
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    void delete(String id) throws IOException {
        Files.deleteIfExists(path(id));
    }

    Path path(String id) {
        return folder.resolve(id + PERMANENT);
    }

    /**
     * Removes what a crash left behind.
     *
     * @param age the minimum age of a file, so that none of a running upload is removed
     */
    void sweep(Predicate<String> isKnown, Duration age) throws IOException {
        FileTime youngest = FileTime.from(now().minus(age));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                boolean orphan = name.endsWith(TEMPORARY)
                        || (name.endsWith(PERMANENT)
                                && !isKnown.test(name.substring(0, name.length() - PERMANENT.length())));
                if (orphan && isOld(file, youngest) && Files.deleteIfExists(file)) {
                    log.info("Removed {}, which belongs to no dataset", name);
                }
            }
        }
    }

    /** A file that has disappeared belonged to a request that has since renamed or deleted it. */
    private static boolean isOld(Path file, FileTime youngest) throws IOException {
        try {
            return Files.getLastModifiedTime(file).compareTo(youngest) <= 0;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** By the clock of the file system, which also sets the files' timestamps. */
    private Instant now() throws IOException {
        Path file = Files.createTempFile(folder, "time", TEMPORARY);
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
