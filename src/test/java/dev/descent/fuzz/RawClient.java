package dev.descent.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sends bytes that no HTTP client would send, over one connection as long as the server keeps it. */
final class RawClient implements Closeable {

    /** Longer than anything that a request can wait for. */
    private static final int PATIENCE_MILLIS = 90_000;

    private final int port;
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();

    RawClient(int port) {
        this.port = port;
    }

    /** An answer. */
    record Answer(int status, Map<String, String> headers, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /**
     * Sends a request and reads its answer.
     *
     * @param ends whether nothing can follow on the same connection, because the request may be longer or shorter than
     *     it says
     */
    Answer send(byte[] request, boolean ends, boolean withoutBody) throws IOException {
        boolean reused = socket != null;
        try {
            return exchange(request, ends, withoutBody);
        } catch (IOException failure) {
            close();
            if (!reused) {
                throw failure;
            }
            // The server may have closed an idle connection.
            return exchange(request, ends, withoutBody);
        }
    }

    private Answer exchange(byte[] request, boolean ends, boolean withoutBody) throws IOException {
        if (socket == null) {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        }
        socket.getOutputStream().write(request);
        if (ends) {
            socket.shutdownOutput();
        }
        Answer answer = read(withoutBody);
        if (ends || "close".equalsIgnoreCase(answer.headers().get("Connection"))) {
            close();
        }
        return answer;
    }

    private Answer read(boolean withoutBody) throws IOException {
        String line = line();
        if (!line.matches("HTTP/1\\.1 \\d{3}.*")) {
            throw new IOException("The answer begins with " + line);
        }
        int status = Integer.parseInt(line.substring(9, 12));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.putIfAbsent(
                    header.substring(0, colon), header.substring(colon + 1).strip());
        }
        if (status < 200) {
            return read(withoutBody);
        }
        return new Answer(status, headers, withoutBody || status == 204 || status == 304 ? new byte[0] : body(headers));
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            int length;
            do {
                length = Integer.parseInt(line(), 16);
                body.write(exactly(length));
                line();
            } while (length > 0);
            return body.toByteArray();
        }
        String length = headers.get("Content-Length");
        return length == null ? in.readAllBytes() : exactly(Integer.parseInt(length));
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The answer ends after %d of %d bytes".formatted(bytes.length, length));
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The connection ended");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
