package dev.descent.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory that the system may write to disk when it needs it for something else. Its files have no name once they are
 * mapped, so that nothing remains of them after a crash; the disk has their space back when their buffers have been
 * collected.
 *
 * <p>Close it once everything has been written for the first time: until then its bytes are promised, from then on they
 * are taken. Its buffers stay usable.
 */
public final class Scratch implements AutoCloseable {

    private final Path folder;
    private final DiskSpace disk;
    private final List<DiskSpace.Promise> promises = new ArrayList<>();

    Scratch(Path folder, DiskSpace disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /**
     * Room for so many bytes, all of them 0.
     *
     * @throws dev.descent.problem.ProblemException 507 if the disk is too full
     */
    public ByteBuffer allocate(int bytes) {
        promises.add(disk.promise(bytes));
        try {
            Path file = Files.createTempFile(folder, "scratch", null);
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
                return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        promises.forEach(DiskSpace.Promise::close);
        promises.clear();
    }
}
