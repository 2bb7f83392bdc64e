package dev.descent.request;

import dev.descent.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The heap for what requests build in proportion to stored data: an eighth of it for all of them together. A request
 * reserves its part beforehand, waits for its turn if there is none left, and keeps it until its response is written.
 * So nothing that clients ask for at the same time can take the memory that heartbeats need.
 */
@Component
public class RequestHeap implements HandlerInterceptor, WebMvcConfigurer {

    private static final int SHARE = 8;
    private static final long UNIT = 1 << 10;

    /** What any request may take without a reservation. */
    private static final long FREE = 1 << 18;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TAKEN = RequestHeap.class.getName();

    private final int units;
    private final Semaphore free;

    @Autowired
    RequestHeap() {
        this(Runtime.getRuntime().maxMemory() / SHARE);
    }

    RequestHeap(long bytes) {
        this.units = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
        this.free = new Semaphore(units, true);
    }

    /** The bytes for all requests together. */
    public long bytes() {
        return units * UNIT;
    }

    /**
     * Reserves bytes for the current request, in order of arrival; does nothing outside of requests.
     *
     * @throws ProblemException 503 if its turn does not come in time
     */
    public void reserve(long bytes) {
        reserve(bytes, PATIENCE);
    }

    /** @param patience how long to wait for its turn */
    public void reserve(long bytes, Duration patience) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request == null || bytes <= FREE) {
            return;
        }
        int before = taken(request);
        // Whoever needs more than there is has it for itself, and what it holds already is part of that.
        int more = (int) Math.min(units - before, (bytes + UNIT - 1) / UNIT);
        if (!acquire(more, patience)) {
            throw ProblemException.unavailable(
                    "The server works on as many large requests as fit into its memory; try again later");
        }
        request.setAttribute(TAKEN, before + more, RequestAttributes.SCOPE_REQUEST);
    }

    /** Gives back what the current request has reserved beyond these bytes, because it no longer needs it. */
    public void keep(long bytes) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request == null) {
            return;
        }
        int before = taken(request);
        int kept = (int) Math.min(before, (bytes + UNIT - 1) / UNIT);
        request.setAttribute(TAKEN, kept, RequestAttributes.SCOPE_REQUEST);
        free.release(before - kept);
    }

    private static int taken(RequestAttributes request) {
        return request.getAttribute(TAKEN, RequestAttributes.SCOPE_REQUEST) instanceof Integer before ? before : 0;
    }

    private boolean acquire(int more, Duration patience) {
        try {
            return free.tryAcquire(more, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        if (request.getAttribute(TAKEN) instanceof Integer taken) {
            request.removeAttribute(TAKEN);
            free.release(taken);
        }
    }
}
