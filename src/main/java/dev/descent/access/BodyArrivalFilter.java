package dev.descent.access;

import dev.descent.core.Count;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.request.CompressedStream;
import dev.descent.request.ContentEncoding;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.FastByteArrayOutputStream;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Waits for a body before its request takes a place among those at work, so that slow clients take none: for all of a
 * JSON body, and for the beginning of another. What is longer is {@linkplain #isLong marked}.
 *
 * <p>JSON bodies are held in memory as a whole, where they take about ten times their length. Every single one is
 * limited, and all together are.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
class BodyArrivalFilter extends OncePerRequestFilter {

    /** The bytes that any request may take without a permit. */
    private static final int FREE = 1 << 16;

    /** Limits all bodies together to an eighth of the heap. */
    private static final long HEAP_PER_BYTE = 80;

    /** Limits what arrives without a permit to a sixteenth of the heap. */
    private static final long HEAP_PER_ARRIVAL = 16L * FREE;

    /** More than JSON of any use is compressed by; only bodies longer than {@link #MAX_ANY_RATIO} are held to it. */
    private static final long MAX_RATIO = 200;

    private static final long MAX_ANY_RATIO = 1 << 20;

    private static final String LONG = BodyArrivalFilter.class.getName() + ".long";

    private final long most;
    private final Semaphore bytes;
    private final Semaphore arrivals;
    private final HandlerExceptionResolver problems;

    @Autowired
    BodyArrivalFilter(
            AccessProperties properties, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this(
                properties.maxJsonSize().toBytes(),
                Runtime.getRuntime().maxMemory() / HEAP_PER_BYTE,
                Math.max(properties.maxRequests(), Runtime.getRuntime().maxMemory() / HEAP_PER_ARRIVAL),
                problems);
    }

    /** @param arrivals the maximum number of bodies that arrive at the same time */
    BodyArrivalFilter(long most, long together, long arrivals, HandlerExceptionResolver problems) {
        this.most = most;
        this.bytes = new Semaphore((int) Math.min(Integer.MAX_VALUE, Math.max(most, together)));
        this.arrivals = new Semaphore((int) Math.min(Integer.MAX_VALUE, arrivals));
        this.problems = problems;
    }

    /** Whether a part of the body is still to come. */
    static boolean isLong(HttpServletRequest request) {
        return request.getAttribute(LONG) != null;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Bodies.has(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Body body = new Body();
        try {
            HttpServletRequest arrived;
            try {
                arrived = arrived(request, body);
            } catch (IOException | ProblemException failure) {
                problems.resolveException(request, response, null, failure);
                return;
            }
            chain.doFilter(arrived, response);
        } finally {
            bytes.release(body.taken);
        }
    }

    private HttpServletRequest arrived(HttpServletRequest request, Body body) throws IOException {
        boolean json = Bodies.isJson(request);
        boolean gzip = json ? ContentEncoding.isGzip(request) : ContentEncoding.of(request) == ContentEncoding.GZIP;
        if (json && request.getContentLengthLong() > most) {
            throw tooLarge();
        }
        if (!json && request.getContentLengthLong() > FREE) {
            request.setAttribute(LONG, true);
            return request;
        }
        if (!arrivals.tryAcquire()) {
            throw unavailable("The server waits for as many bodies as it can; send it again");
        }
        try {
            return !json ? begun(request) : gzip ? body.inflated(request) : body.whole(request);
        } finally {
            arrivals.release();
        }
    }

    /** With the beginning of a body that is read as a stream. */
    private static HttpServletRequest begun(HttpServletRequest request) throws IOException {
        InputStream rest = request.getInputStream();
        byte[] beginning = rest.readNBytes(FREE);
        if (beginning.length == FREE) {
            request.setAttribute(LONG, true);
        }
        return RequestWithBody.same(request, new SequenceInputStream(new ByteArrayInputStream(beginning), rest));
    }

    private static ProblemException unavailable(String detail) {
        return new ProblemException(Problem.UNAVAILABLE, detail, List.of());
    }

    private ProblemException tooLarge() {
        return tooLarge(
                "The body is larger than %s; descent.max-json-size sets this limit. Rows for predictions may also come as text/csv, as many as you like"
                        .formatted(Count.of(most, "byte")));
    }

    private static ProblemException tooLarge(String detail) {
        return new ProblemException(Problem.TOO_LARGE, detail, List.of());
    }

    /** What has been read of one JSON body so far. */
    private final class Body {

        private final FastByteArrayOutputStream content = new FastByteArrayOutputStream(1 << 12);
        private int taken;

        HttpServletRequest whole(HttpServletRequest request) throws IOException {
            InputStream in = request.getInputStream();
            read(in, () -> {});
            return RequestWithBody.same(request, content.getInputStream());
        }

        HttpServletRequest inflated(HttpServletRequest request) throws IOException {
            CompressedStream compressed = new CompressedStream(request.getInputStream());
            try {
                read(new GZIPInputStream(compressed, 1 << 12), () -> {
                    if (content.size() > Math.max(MAX_ANY_RATIO, MAX_RATIO * compressed.length())) {
                        throw tooLarge("The body is compressed to less than a %dth of its length; send it as it is"
                                .formatted(MAX_RATIO));
                    }
                });
            } catch (ZipException | EOFException broken) {
                throw ProblemException.malformed("The body is no gzip stream, or not a whole one");
            }
            return RequestWithBody.decoded(request, content.getInputStream(), content.size());
        }

        private void read(InputStream in, Runnable check) throws IOException {
            byte[] buffer = new byte[1 << 13];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                take(content.size() + count);
                content.write(buffer, 0, count);
                check.run();
            }
        }

        private void take(long length) {
            if (length > most) {
                throw tooLarge();
            }
            int more = (int) (Math.max(0, length - FREE) - taken);
            if (more > 0 && !bytes.tryAcquire(more)) {
                throw unavailable(
                        "The server reads as many large bodies as fit into its memory; send it again, or in parts");
            }
            taken += Math.max(0, more);
        }
    }
}
