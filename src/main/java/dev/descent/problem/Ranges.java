package dev.descent.problem;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Answers a Range that a file does not have with a problem; Spring would send the whole file with that status. */
@RestControllerAdvice
class Ranges implements ResponseBodyAdvice<Object> {

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter method,
            MediaType type,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (body instanceof Collection<?> parts && parts.isEmpty() && hasStatus(response, HttpStatus.PARTIAL_CONTENT)) {
            throw ProblemException.malformed("The Range header names no part");
        }
        if (hasStatus(response, HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE) && !(body instanceof ProblemBody)) {
            throw new UnsatisfiableRangeException(
                    String.valueOf(request.getHeaders().getFirst(HttpHeaders.RANGE)),
                    String.valueOf(response.getHeaders().getFirst(HttpHeaders.CONTENT_RANGE)));
        }
        return body;
    }

    private static boolean hasStatus(ServerHttpResponse response, HttpStatus status) {
        return response instanceof ServletServerHttpResponse servlet
                && servlet.getServletResponse().getStatus() == status.value();
    }

    static final class UnsatisfiableRangeException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String contentRange;

        UnsatisfiableRangeException(String range, String contentRange) {
            super("Range is %.100s; accepted: parts of %s".formatted(range, contentRange));
            this.contentRange = contentRange;
        }

        /** As the header Content-Range has it. */
        String contentRange() {
            return contentRange;
        }
    }
}
