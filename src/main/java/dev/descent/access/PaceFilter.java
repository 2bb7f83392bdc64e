package dev.descent.access;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a request whose client sends its body, or takes the answer, more slowly than it may. Only the time counts for
 * which the server waits.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 2)
class PaceFilter extends OncePerRequestFilter {

    /** The attribute of a request whose answer was cut off: its connection has to be closed, or it would look whole. */
    static final String CUT_OFF = PaceFilter.class.getName() + ".cutOff";

    private final AccessProperties properties;

    PaceFilter(AccessProperties properties) {
        this.properties = properties;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Answer answer = new Answer(request, response);
        chain.doFilter(Bodies.has(request) ? RequestWithBody.same(request, paced(request)) : request, answer);
    }

    private Patience patience() {
        return new Patience(properties.clientPatience(), properties.leastRate());
    }

    private InputStream paced(HttpServletRequest request) throws IOException {
        Patience patience = patience();
        return new FilterInputStream(request.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] octet = new byte[1];
                return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                long start = System.nanoTime();
                int count = in.read(target, offset, length);
                if (count > 0 && !patience.endures(System.nanoTime() - start, count)) {
                    throw new ProblemException(
                            Problem.REQUEST_TIMEOUT,
                            "The body comes too slowly; accepted: at least %d bytes a second (descent.least-rate), with pauses of %d seconds (descent.client-patience)"
                                    .formatted(
                                            properties.leastRate().toBytes(),
                                            properties.clientPatience().toSeconds()),
                            List.of());
                }
                return count;
            }
        };
    }

    private final class Answer extends HttpServletResponseWrapper {

        private final HttpServletRequest request;

        Answer(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return new Paced(request, super.getOutputStream(), patience());
        }
    }

    private static final class Paced extends ServletOutputStream {

        private final HttpServletRequest request;
        private final ServletOutputStream out;
        private final Patience patience;

        Paced(HttpServletRequest request, ServletOutputStream out, Patience patience) {
            this.request = request;
            this.out = out;
            this.patience = patience;
        }

        private interface Write {
            void run() throws IOException;
        }

        private void write(int bytes, Write write) throws IOException {
            long start = System.nanoTime();
            write.run();
            if (!patience.endures(System.nanoTime() - start, bytes)) {
                request.setAttribute(CUT_OFF, true);
                throw new ClientAbortException("The client takes the answer too slowly");
            }
        }

        @Override
        public void write(int octet) throws IOException {
            write(1, () -> out.write(octet));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            write(length, () -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            write(0, out::flush);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
