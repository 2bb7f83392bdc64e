package dev.descent.access;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Admits no more concurrent requests than can be served and rejects the others immediately, so that those admitted are
 * answered in time and the health endpoint always is. Requests waiting for a job to change do not count.
 */
@Component
class RequestLimitFilter extends OncePerRequestFilter {

    private static final String API = "/v1/";

    private final AccessProperties properties;
    private final Semaphore permits;
    private final HandlerExceptionResolver problems;

    RequestLimitFilter(
            AccessProperties properties, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.properties = properties;
        this.permits = new Semaphore(properties.maxRequests());
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // Decoded, as the dispatcher sees it, so that /%76%31/ does not bypass the limit.
        return !request.getServletPath().startsWith(API);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!properties.answers()) {
            refuse(
                    request,
                    response,
                    "This process trains only (descent.role is worker); ask one with the role api or all");
        } else if (!permits.tryAcquire()) {
            refuse(
                    request,
                    response,
                    "The server is at work on as many requests as it takes at once: descent.max-requests is %d"
                            .formatted(properties.maxRequests()));
        } else {
            try {
                chain.doFilter(request, response);
            } finally {
                permits.release();
            }
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String detail) {
        ProblemException refusal = new ProblemException(Problem.UNAVAILABLE, detail, List.of());
        problems.resolveException(request, response, null, refusal);
    }
}
