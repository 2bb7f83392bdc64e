package dev.descent.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Where responses are written before they are sent, and what requests send before it is read. */
@Component
public class Spools {

    private static final Logger log = LoggerFactory.getLogger(Spools.class);

    /** How much may be written before checking the disk space again. */
    private static final long BYTES_AHEAD = 4 << 20;

    private final Path folder;
    private final DiskSpace disk;
    private final Database database;
    private final Instant created = Instant.now();

    Spools(@Value("${descent.home}") Path home, DiskSpace disk, Database database) {
        this.folder = DataDirectory.writable(home.resolve("temporary"));
        this.disk = disk;
        this.database = database;
    }

    /** If no other process can be running, whatever is older than this one was left behind by a crash. */
    @EventListener
    void sweepAtStart(ApplicationStartedEvent event) {
        if (!database.isExclusive()) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).compareTo(FileTime.from(created)) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException failure) {
            log.warn("Temporary files that a crash left could not be removed: {}", failure.toString());
        }
    }

    /** What writes a response. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Spool spool) throws IOException;
    }

    /** Memory on disk. */
    public Scratch scratch() {
        return new Scratch(folder, disk);
    }

    /** The whole response; nothing remains of it on failure. */
    public Spool write(Content content) throws IOException {
        Spool spool = new Spool(folder, disk);
        try {
            content.writeTo(spool);
            return spool;
        } catch (IOException | RuntimeException | Error failure) {
            spool.discard();
            throw failure;
        }
    }

    /**
     * Writes what a request sends to a file; nothing remains of it on failure.
     *
     * @param content stays open; throws to stop
     * @throws dev.descent.problem.ProblemException 507 if the disk is too full
     */
    public TemporaryFile receive(InputStream content) throws IOException {
        Path file = Files.createTempFile(folder, "request", null);
        boolean complete = false;
        try (OutputStream out = Files.newOutputStream(file);
                DiskSpace.Promise ahead = disk.promise(BYTES_AHEAD)) {
            byte[] buffer = new byte[1 << 16];
            long bytes = 0;
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                if (bytes / BYTES_AHEAD != (bytes + count) / BYTES_AHEAD) {
                    ahead.check();
                }
                bytes += count;
                out.write(buffer, 0, count);
            }
            complete = true;
            return new TemporaryFile(file);
        } finally {
            if (!complete) {
                Files.deleteIfExists(file);
            }
        }
    }
}
