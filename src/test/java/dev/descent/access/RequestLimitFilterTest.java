package dev.descent.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.HandlerExceptionResolver;

class RequestLimitFilterTest {

    private static final HandlerExceptionResolver THROWN = (request, response, handler, failure) -> {
        throw (ProblemException) failure;
    };

    private final RequestLimitFilter limit = new RequestLimitFilter(
            new AccessProperties("all", 2, DataSize.ofMegabytes(1), Duration.ofSeconds(30), DataSize.ofKilobytes(1)),
            THROWN);
    private final BodyArrivalFilter bodies = new BodyArrivalFilter(1 << 20, 1 << 20, 10, THROWN);

    @Test
    void whoFindsNoPlaceIsSentAway() throws Exception {
        serve(
                get(),
                () -> serve(get(), () -> {
                    assertRefused(get(), "descent.max-requests is 2");
                    assertRefused(post("application/json", 1 << 17), "descent.max-requests is 2");
                }));
        serve(get(), () -> serve(get(), () -> {}));
    }

    /** With max-requests of 2, there is one place for uploads. */
    @Test
    void uploadsTakeNoPlacesOfOthers() throws Exception {
        serve(post("text/csv", 1 << 17), () -> {
            assertRefused(post("text/csv", 1 << 17), "uploads as it takes at once: 1");
            assertRefused(chunked("text/csv", 1 << 17), "uploads as it takes at once: 1");
            serve(get(), () -> serve(post("text/csv", 100), () -> {}));
        });
        serve(chunked("multipart/form-data", 1 << 17), () -> {});
    }

    @Test
    void otherAddressesAreAlwaysServed() throws Exception {
        serve(get(), () -> serve(get(), () -> serve(new MockHttpServletRequest("GET", "/actuator/health"), () -> {})));
    }

    private void assertRefused(MockHttpServletRequest request, String detail) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> serve(request, () -> {}))
                .matches(refused -> refused.problem() == Problem.UNAVAILABLE)
                .withMessageContaining(detail);
    }

    /** Runs an action while a request is served. */
    private void serve(MockHttpServletRequest request, Work meanwhile) throws IOException, ServletException {
        FilterChain service = (served, response) -> {
            assertThat(served.getInputStream().readAllBytes())
                    .hasSize(request.getContentAsByteArray() == null ? 0 : request.getContentAsByteArray().length);
            meanwhile.run();
        };
        MockHttpServletResponse response = new MockHttpServletResponse();
        bodies.doFilter(request, response, (arrived, same) -> limit.doFilter(arrived, same, service));
    }

    private interface Work {
        void run() throws IOException, ServletException;
    }

    private static MockHttpServletRequest get() {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/v1/models");
        request.setServletPath("/v1/models");
        return request;
    }

    private static MockHttpServletRequest post(String type, int bytes) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/v1/datasets");
        request.setServletPath("/v1/datasets");
        request.setContentType(type);
        request.setContent(new byte[bytes]);
        return request;
    }

    private static MockHttpServletRequest chunked(String type, int bytes) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/v1/datasets") {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        request.setServletPath("/v1/datasets");
        request.setContentType(type);
        request.setContent(new byte[bytes]);
        request.addHeader("Transfer-Encoding", "chunked");
        return request;
    }
}
