package dev.descent.access.audit;

import dev.descent.access.audit.Happening.Event;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.OnCommittedResponseWrapper;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Writes down what became of a request before its client can know: how a write ended, or that the request was refused,
 * by the web security or by an endpoint.
 */
@Component
@Order(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 1)
class AuditFilter extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(AuditFilter.class);
    private static final Set<Integer> REFUSALS = Set.of(
            HttpServletResponse.SC_UNAUTHORIZED,
            HttpServletResponse.SC_FORBIDDEN,
            HttpServletResponse.SC_MISDIRECTED_REQUEST);

    private final AuditLog audit;
    private final RefusedRequests refused;
    private final ObservedRequest observed;

    AuditFilter(AuditLog audit, RefusedRequests refused, ObservedRequest observed) {
        this.audit = audit;
        this.refused = refused;
        this.observed = observed;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Observed answer = new Observed(request, response);
        int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        try {
            chain.doFilter(request, new WithErrors(answer));
            status = answer.getStatus();
        } finally {
            if (!request.isAsyncStarted()) {
                answer.settle(status);
            }
        }
    }

    /** A response that is written down before it is sent. */
    private final class Observed extends OnCommittedResponseWrapper {

        private final HttpServletRequest request;
        private boolean settled;

        Observed(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        @Override
        protected void onResponseCommitted() {
            settle(getStatus());
        }

        void settle(int status) {
            if (settled) {
                return;
            }
            settled = true;
            BegunWrite begun = BegunWrite.of(request);
            if (begun != null) {
                end(begun, status);
            } else if (REFUSALS.contains(status)) {
                refused.add(observed.of(request, Event.REFUSED, status));
            }
        }

        /** What is done is done: a missing end is like that of a process that was killed. */
        private void end(BegunWrite begun, int status) {
            String created = status < 300 ? getHeader(HttpHeaders.LOCATION) : null;
            try {
                audit.append(begun.ended(status, created));
            } catch (RuntimeException failure) {
                log.error(
                        "The audit log does not have the status {} of the request that it numbers {}: {}",
                        status,
                        begun.sequence(),
                        failure.getMessage());
            }
        }
    }

    /** Its status is set only after the other has been told that it is sent. */
    private static final class WithErrors extends HttpServletResponseWrapper {

        private final Observed answer;

        WithErrors(Observed answer) {
            super(answer);
            this.answer = answer;
        }

        @Override
        public void sendError(int status) throws IOException {
            answer.settle(status);
            super.sendError(status);
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            answer.settle(status);
            super.sendError(status, message);
        }
    }
}
