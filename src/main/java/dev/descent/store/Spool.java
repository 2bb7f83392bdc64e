package dev.descent.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A response that is written as a whole before its first byte is sent, because half of it would look like a complete
 * one, and because a client that reads slowly must not keep what it was made from. A long one goes to a file that
 * nobody else can open and that vanishes once it is closed.
 */
public final class Spool extends OutputStream {

    private static final int MAX_IN_MEMORY = 1 << 17;

    /** How much may be written before checking the disk space again. */
    private static final long BYTES_AHEAD = 4 << 20;

    private final Path folder;
    private final DiskSpace disk;
    private final ByteArrayOutputStream start = new ByteArrayOutputStream(1 << 10);
    private @Nullable FileChannel file;
    private long length;

    Spool(Path folder, DiskSpace disk) {
        this.folder = folder;
        this.disk = disk;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    /** @throws dev.descent.problem.ProblemException 507 if the disk is too full */
    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (file == null && length + count <= MAX_IN_MEMORY) {
            start.write(bytes, offset, count);
        } else {
            write(opened(), ByteBuffer.wrap(bytes, offset, count));
            if (length / BYTES_AHEAD != (length + count) / BYTES_AHEAD) {
                disk.require();
            }
        }
        length += count;
    }

    private FileChannel opened() throws IOException {
        if (file == null) {
            disk.require();
            file = FileChannel.open(
                    Files.createTempFile(folder, "response", null),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            write(file, ByteBuffer.wrap(start.toByteArray()));
        }
        return file;
    }

    private static void write(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    public long length() {
        return length;
    }

    /** All that was written; closing it ends the spool. */
    public InputStream read() throws IOException {
        return file == null ? new ByteArrayInputStream(start.toByteArray()) : Channels.newInputStream(file.position(0));
    }

    /** Discards what was written. */
    public void discard() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /** Leaves what was written to its reader. */
    @Override
    public void close() {
        // A generator or writer on top of it closes it before anybody has read it.
    }
}
