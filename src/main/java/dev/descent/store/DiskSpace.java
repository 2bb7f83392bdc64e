package dev.descent.store;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Keeps a part of the disk free. An embedded database that finds no space for a page closes, and with it everything that could be read; so what is large
 * is refused before it comes to that.
 */
@Component
public class DiskSpace {

    private final Settings settings;

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
     * Before something large is written.
     *
     * @throws ProblemException 507 where the disk would be too full afterwards
     */
    public void require(long bytes) {
        long free = free();
        if (free - bytes < settings.minFreeSpace().toBytes()) {
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

    private long free() {
        try {
            return Files.getFileStore(settings.home()).getUsableSpace();
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
