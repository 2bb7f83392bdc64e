package dev.descent.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Matrices of float32 in NumPy's format, version 1.0: the bytes {@code 0x93 NUMPY 1 0}, the length of a header (2 bytes,
 * little endian), the header, and all numbers, little endian, row by row. The header is a Python dictionary with the
 * type, the order and the shape, filled up with spaces and ended by a new line, so that the numbers start at a multiple
 * of 64 bytes.
 *
 * <p>Source: <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.org/doc/stable/reference/generated/numpy.lib.format.html</a>.
 */
public final class Npy {

    private static final byte[] START = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int LENGTH_BYTES = 2;
    private static final int ALIGNMENT = 64;
    private static final Pattern HEADER = Pattern.compile(
            "\\{'descr': '<f4', 'fortran_order': False, 'shape': \\((\\d{1,10}), (\\d{1,10})\\), \\} *\n");

    /** NumPy leaves room for a first dimension that grows, and so do we, to write the same bytes. */
    private static final int GROWTH = 21;

    private Npy() {}

    /**
     * Where the numbers are.
     *
     * @param offset of the first one, in bytes
     */
    public record Layout(int offset, int rows, int columns) {

        /** The size of the whole file. */
        public long bytes() {
            return offset + (long) rows * columns * Float.BYTES;
        }
    }

    /** The bytes before the numbers. */
    public static byte[] header(int rows, int columns) {
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, columns);
        int least = START.length
                + LENGTH_BYTES
                + dictionary.length()
                + Math.max(0, GROWTH - String.valueOf(rows).length())
                + 1;
        int size = (least + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        byte[] header = new byte[size];
        Arrays.fill(header, (byte) ' ');
        System.arraycopy(START, 0, header, 0, START.length);
        int length = size - START.length - LENGTH_BYTES;
        header[START.length] = (byte) length;
        header[START.length + 1] = (byte) (length >> 8);
        byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, header, START.length + LENGTH_BYTES, text.length);
        header[size - 1] = '\n';
        return header;
    }

    /**
     * Reads the header of a file.
     *
     * @throws IOException if it is not one of a matrix of float32, or the file has another size than it says
     */
    public static Layout read(Path file) throws IOException {
        Layout layout;
        try (InputStream in = Files.newInputStream(file)) {
            layout = read(in, file);
        }
        long bytes = Files.size(file);
        if (bytes != layout.bytes()) {
            throw new IOException("%s has %d bytes, but its header tells of %d".formatted(file, bytes, layout.bytes()));
        }
        return layout;
    }

    private static Layout read(InputStream in, Path file) throws IOException {
        byte[] start = in.readNBytes(START.length + LENGTH_BYTES);
        if (start.length < START.length + LENGTH_BYTES
                || !Arrays.equals(start, 0, START.length, START, 0, START.length)) {
            throw new IOException("%s does not begin like a .npy file of version 1.0".formatted(file));
        }
        int length = Byte.toUnsignedInt(start[START.length]) | Byte.toUnsignedInt(start[START.length + 1]) << 8;
        Matcher header = HEADER.matcher(new String(in.readNBytes(length), StandardCharsets.US_ASCII));
        if (!header.matches()) {
            throw new IOException("%s is a .npy file, but not of a matrix of float32, row by row".formatted(file));
        }
        try {
            return new Layout(
                    START.length + LENGTH_BYTES + length,
                    Integer.parseInt(header.group(1)),
                    Integer.parseInt(header.group(2)));
        } catch (NumberFormatException tooLarge) {
            throw new IOException("%s is a .npy file of too many rows or columns".formatted(file), tooLarge);
        }
    }
}
