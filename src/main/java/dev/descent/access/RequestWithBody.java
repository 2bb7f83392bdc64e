package dev.descent.access;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** A request whose body is read from another stream than the web server's. */
final class RequestWithBody extends HttpServletRequestWrapper {

    private final Body body;
    private final Set<String> hidden = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final long length;

    private RequestWithBody(HttpServletRequest request, InputStream body, long length) {
        super(request);
        this.body = new Body(body);
        this.length = length;
    }

    /** With the same bytes as the request. */
    static RequestWithBody same(HttpServletRequest request, InputStream body) {
        return new RequestWithBody(request, body, request.getContentLengthLong());
    }

    /** Without what the request's headers say about the compressed bytes. */
    static RequestWithBody decoded(HttpServletRequest request, InputStream body, long length) {
        RequestWithBody decoded = new RequestWithBody(request, body, length);
        decoded.hidden.addAll(List.of(HttpHeaders.CONTENT_ENCODING, HttpHeaders.CONTENT_LENGTH));
        return decoded;
    }

    @Override
    public ServletInputStream getInputStream() {
        return body;
    }

    @Override
    public long getContentLengthLong() {
        return length;
    }

    @Override
    public int getContentLength() {
        return length > Integer.MAX_VALUE ? -1 : (int) length;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return hidden.contains(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return hidden.contains(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(Collections.list(super.getHeaderNames()).stream()
                .filter(Predicate.not(hidden::contains))
                .toList());
    }

    /** Read by blocking, as all bodies are. */
    private static final class Body extends ServletInputStream {

        private final InputStream bytes;
        private boolean finished;

        Body(InputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            int octet = bytes.read();
            finished |= octet < 0;
            return octet;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = bytes.read(target, offset, length);
            finished |= count < 0;
            return count;
        }

        @Override
        public int available() throws IOException {
            return bytes.available();
        }

        @Override
        public boolean isFinished() {
            return finished;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("Bodies are read by blocking");
        }
    }
}
