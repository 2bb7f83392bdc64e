package dev.descent.access.quota;

import dev.descent.principal.Principal;
import dev.descent.problem.ProblemException;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Refuses requests of owners who ask too often or wait for too much at once, once it is known who asks. */
@Component
@Order(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 1)
class QuotaFilter extends OncePerRequestFilter {

    private static final Duration UNTIL_A_STREAM_ENDS = Duration.ofSeconds(5);
    private static final long NANOS = 1_000_000_000;

    private final RequestQuota requests;
    private final StreamQuota streams;
    private final HandlerExceptionResolver problems;

    QuotaFilter(
            RequestQuota requests,
            StreamQuota streams,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.requests = requests;
        this.streams = streams;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        if (known == null || !(known.getPrincipal() instanceof Principal principal) || principal.isAdmin()) {
            chain.doFilter(request, response);
            return;
        }
        String owner = principal.owner();
        ProblemException refusal = requests.quota() == 0 ? null : takeRequest(owner, response);
        if (refusal != null) {
            problems.resolveException(request, response, null, refusal);
        } else if (!isStream(request)) {
            chain.doFilter(request, response);
        } else if (streams.enter(owner)) {
            stream(request, response, chain, owner);
        } else {
            problems.resolveException(
                    request,
                    response,
                    null,
                    ProblemException.tooMany(
                            "As many requests of yours as the quota allows wait for a change: %d (descent.quota.streams)"
                                    .formatted(streams.quota()),
                            UNTIL_A_STREAM_ENDS));
        }
    }

    private @Nullable ProblemException takeRequest(String owner, HttpServletResponse response) {
        ConsumptionProbe taken = requests.take(owner);
        response.setHeader(
                "RateLimit-Policy",
                "\"requests\";q=%d;w=%d".formatted(requests.quota(), RequestQuota.PERIOD.toSeconds()));
        response.setHeader(
                "RateLimit",
                "\"requests\";r=%d;t=%d"
                        .formatted(taken.getRemainingTokens(), seconds(taken.getNanosToWaitForReset())));
        return taken.isConsumed()
                ? null
                : ProblemException.tooMany(
                        "The quota is %d requests a minute (descent.quota.requests-per-minute)"
                                .formatted(requests.quota()),
                        Duration.ofSeconds(Math.max(1, seconds(taken.getNanosToWaitForRefill()))));
    }

    private static long seconds(long nanos) {
        return (nanos + NANOS - 1) / NANOS;
    }

    /** Whether it may go on for as long as a job trains. */
    private static boolean isStream(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && (request.getHeader("Prefer") != null
                        || Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT), "")
                                .contains(MediaType.TEXT_EVENT_STREAM_VALUE));
    }

    private void stream(HttpServletRequest request, HttpServletResponse response, FilterChain chain, String owner)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.isAsyncStarted()) {
                streams.leaveAfter(request, owner);
            } else {
                streams.leave(owner);
            }
        }
    }
}
