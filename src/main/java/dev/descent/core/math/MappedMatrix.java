package dev.descent.core.math;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A row-major matrix of little-endian float32 numbers in a file, which may be larger than the memory: the system reads
 * what is used, and forgets it when it needs the memory for something else. Thread-safe; never changes.
 *
 * <p>The file may be deleted while it is in use, as far as the system allows; whoever shortens it makes reading fail.
 */
public final class MappedMatrix {

    private static final long BYTES_OF_A_SEGMENT = 1L << 30;

    private final MappedByteBuffer[] segments;
    private final FloatBuffer[] numbers;
    private final int rows;
    private final int columns;
    private final int rowsOfASegment;

    private MappedMatrix(MappedByteBuffer[] segments, int rows, int columns, int rowsOfASegment) {
        this.segments = segments;
        this.numbers = new FloatBuffer[segments.length];
        for (int i = 0; i < segments.length; i++) {
            numbers[i] = segments[i].order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        }
        this.rows = rows;
        this.columns = columns;
        this.rowsOfASegment = rowsOfASegment;
    }

    /**
     * Maps a part of a file.
     *
     * @param offset of the first number in the file, in bytes
     * @throws IOException if the file is shorter, or cannot be read
     */
    public static MappedMatrix of(Path file, long offset, int rows, int columns) throws IOException {
        return of(file, offset, rows, columns, BYTES_OF_A_SEGMENT);
    }

    /** @param most the bytes of a segment; at least a row */
    static MappedMatrix of(Path file, long offset, int rows, int columns, long most) throws IOException {
        long bytesOfARow = (long) columns * Float.BYTES;
        int rowsOfASegment = (int) Math.max(1, Math.min(Integer.MAX_VALUE, most / Math.max(1, bytesOfARow)));
        int count = (int) ((rows + (long) rowsOfASegment - 1) / rowsOfASegment);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < offset + rows * bytesOfARow) {
                throw new IOException("%s has %d bytes, too few for %d × %d numbers from byte %d on"
                        .formatted(file, channel.size(), rows, columns, offset));
            }
            MappedByteBuffer[] segments = new MappedByteBuffer[count];
            for (int i = 0; i < count; i++) {
                long first = (long) i * rowsOfASegment;
                long size = Math.min(rowsOfASegment, rows - first) * bytesOfARow;
                segments[i] = channel.map(FileChannel.MapMode.READ_ONLY, offset + first * bytesOfARow, size);
            }
            return new MappedMatrix(segments, rows, columns, rowsOfASegment);
        }
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /**
     * Copies a row into a matrix of the same width.
     *
     * @throws UncheckedIOException if the file can no longer be read
     */
    public void copyRow(int row, Matrix target, int targetRow) {
        if (target.columns() != columns) {
            throw new IllegalArgumentException("A row of %d for one of %d".formatted(columns, target.columns()));
        }
        FloatBuffer segment = numbers[row / rowsOfASegment];
        try {
            target.copy(segment, row % rowsOfASegment * columns, targetRow * columns, columns);
        } catch (InternalError unreadable) {
            throw lost(unreadable);
        }
    }

    /**
     * Reads rows from {@code from} inclusive to {@code to} exclusive from the disk, unless the system has them in
     * memory.
     *
     * @throws UncheckedIOException if the file can no longer be read
     */
    public void load(int from, int to) {
        int bytesOfARow = columns * Float.BYTES;
        for (int row = from; row < to; ) {
            int segment = row / rowsOfASegment;
            int within = row % rowsOfASegment;
            int some = Math.min(to - row, rowsOfASegment - within);
            try {
                segments[segment]
                        .slice(within * bytesOfARow, some * bytesOfARow)
                        .load();
            } catch (InternalError unreadable) {
                throw lost(unreadable);
            }
            row += some;
        }
    }

    /** So the JVM tells of a page that the disk did not give. */
    private static UncheckedIOException lost(InternalError failure) {
        return new UncheckedIOException(new IOException("A mapped file could not be read", failure));
    }
}
