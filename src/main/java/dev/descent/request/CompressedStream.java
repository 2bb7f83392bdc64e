package dev.descent.request;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A body that may consist of several gzip members, and how many of its bytes have come over the wire. Closing it does not
 * close the body, which would block until the client of a rejected request has sent the rest.
 */
public final class CompressedStream extends FilterInputStream {

    private long length;

    public CompressedStream(InputStream body) {
        super(body);
    }

    /** The bytes read so far. */
    public long length() {
        return length;
    }

    @Override
    public int read() throws IOException {
        int octet = in.read();
        length += octet < 0 ? 0 : 1;
        return octet;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        int read = in.read(target, offset, count);
        length += Math.max(0, read);
        return read;
    }

    /**
     * The JDK treats a member as the last one if nothing is available at its end, which also happens between two packets.
     */
    @Override
    public int available() {
        return 1;
    }

    @Override
    public void close() {
        // Whoever opened the body closes it.
    }
}
