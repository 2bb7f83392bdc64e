package dev.descent.job.matrix;

import dev.descent.core.math.Matrix;
import dev.descent.format.Npy;
import dev.descent.store.DiskSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes the rows of a matrix to a new file, one after another. */
final class MatrixWriter implements AutoCloseable {

    private static final int BUFFER = 1 << 20;

    /** How much may be written before checking the disk space again. */
    private static final long BYTES_AHEAD = 16 << 20;

    private final FileChannel channel;
    private final DiskSpace.Promise ahead;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final boolean[] used;
    private long bytesUnchecked;

    MatrixWriter(Path file, int rows, int columns, DiskSpace disk) throws IOException {
        this.ahead = disk.promise(BYTES_AHEAD);
        this.used = new boolean[columns];
        try {
            this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException | RuntimeException | Error failure) {
            ahead.close();
            throw failure;
        }
        buffer.put(Npy.header(rows, columns));
    }

    /** Writes a whole matrix. */
    static void write(Path file, Matrix matrix, DiskSpace disk) throws IOException {
        try (MatrixWriter writer = new MatrixWriter(file, matrix.rows(), matrix.columns(), disk)) {
            for (int i = 0; i < matrix.size(); i++) {
                writer.put((float) matrix.get(i));
            }
            writer.finish();
        }
    }

    /** The next row, rounded to single precision. */
    void row(double[] numbers) {
        try {
            for (int column = 0; column < numbers.length; column++) {
                float number = (float) numbers[column];
                used[column] |= number != 0;
                put(number);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void put(float number) throws IOException {
        if (buffer.remaining() < Float.BYTES) {
            flush();
        }
        buffer.putFloat(number);
    }

    private void flush() throws IOException {
        bytesUnchecked += buffer.position();
        if (bytesUnchecked >= BYTES_AHEAD) {
            ahead.check();
            bytesUnchecked = 0;
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** Which columns had another number than 0. */
    boolean[] used() {
        return used.clone();
    }

    /** Makes sure that a crash does not take away what was written. */
    void finish() throws IOException {
        flush();
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        ahead.close();
        channel.close();
    }
}
