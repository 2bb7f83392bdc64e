package dev.descent.access;

import dev.descent.core.Count;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Limits JSON bodies, each of which is held in memory as a whole and takes about ten times its length there: every
 * single body, and all bodies being read at the same time. Other bodies are streamed to disk.
 */
@Component
class JsonBodyLimitFilter extends OncePerRequestFilter {

    /** Every content type that the message converters accept as JSON. */
    private static final Pattern JSON =
            Pattern.compile("\\s*application/([^;]*\\+)?json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    /** The bytes that any request may take without a permit. */
    private static final long FREE = 1 << 16;

    /** Limits all bodies together to an eighth of the heap. */
    private static final long HEAP_PER_BYTE = 80;

    private final long most;
    private final Semaphore bytes;
    private final HandlerExceptionResolver problems;

    @Autowired
    JsonBodyLimitFilter(
            AccessProperties properties, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this(properties.maxJsonSize().toBytes(), Runtime.getRuntime().maxMemory() / HEAP_PER_BYTE, problems);
    }

    JsonBodyLimitFilter(long most, long together, HandlerExceptionResolver problems) {
        this.most = most;
        this.bytes = new Semaphore((int) Math.min(Integer.MAX_VALUE, Math.max(most, together)));
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String type = request.getContentType();
        return type == null || !JSON.matcher(type).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > most) {
            problems.resolveException(request, response, null, tooLarge());
            return;
        }
        Body body = new Body();
        try {
            chain.doFilter(new CountedRequest(request, body::read), response);
        } finally {
            bytes.release(body.taken);
        }
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                Problem.TOO_LARGE,
                "The body is larger than %s; descent.max-json-size sets this limit. Rows for predictions may also come as text/csv, as many as you like"
                        .formatted(Count.of(most, "byte")),
                List.of());
    }

    /** What has been read of one body so far. */
    private final class Body {

        private long length;
        private int taken;

        void read(int count) {
            length += count;
            if (length > most) {
                throw tooLarge();
            }
            int more = (int) (Math.max(0, length - FREE) - taken);
            if (more > 0 && !bytes.tryAcquire(more)) {
                throw new ProblemException(
                        Problem.UNAVAILABLE,
                        "The server reads as many large bodies as fit into its memory; send it again, or in parts",
                        List.of());
            }
            taken += Math.max(0, more);
        }
    }
}
