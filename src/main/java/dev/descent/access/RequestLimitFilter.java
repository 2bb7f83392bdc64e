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
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Admits no more concurrent requests than can be served and rejects the others immediately, so that those admitted are
 * answered in time and the health endpoint always is. Requests waiting for a job to change do not count. Uploads, which
 * take as long as their clients need to send them, have half as many places of their own.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class RequestLimitFilter extends OncePerRequestFilter {

    private static final String API = "/v1/";

    private final AccessProperties properties;
    private final Semaphore permits;
    private final Semaphore uploads;
    private final HandlerExceptionResolver problems;

    RequestLimitFilter(
            AccessProperties properties, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.properties = properties;
        this.permits = new Semaphore(properties.maxRequests());
        this.uploads = new Semaphore(properties.maxUploads());
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
        } else if (BodyArrivalFilter.isLong(request)) {
            serve(
                    request,
                    response,
                    chain,
                    uploads,
                    "The server receives as many uploads as it takes at once: %d, half of descent.max-requests"
                            .formatted(properties.maxUploads()));
        } else {
            serve(
                    request,
                    response,
                    chain,
                    permits,
                    "The server is at work on as many requests as it takes at once: descent.max-requests is %d"
                            .formatted(properties.maxRequests()));
        }
    }

    private void serve(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            Semaphore places,
            String noneIsFree)
            throws ServletException, IOException {
        if (!places.tryAcquire()) {
            refuse(request, response, noneIsFree);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            places.release();
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, String detail) {
        ProblemException refusal = new ProblemException(Problem.UNAVAILABLE, detail, List.of());
        problems.resolveException(request, response, null, refusal);
    }
}
