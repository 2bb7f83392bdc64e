package dev.descent.store;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where responses are written before they are sent. */
@Component
public class Spools {

    private final Path folder;
    private final DiskSpace disk;

    Spools(@Value("${descent.home}") Path home, DiskSpace disk) {
        this.folder = DataDirectory.writable(home.resolve("temporary"));
        this.disk = disk;
    }

    /** What writes a response. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Spool spool) throws IOException;
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
}
