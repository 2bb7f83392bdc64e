package dev.descent.problem;

import dev.descent.core.Excerpt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Responds with a problem if the web server itself rejects a request, for instance with %00 in its path, for which it
 * would send HTML.
 */
class ProblemValve extends ErrorReportValve {

    private static final String UNREADABLE =
            "The web server could not read the request: its address, its first line or its headers are malformed or too long";

    private final JsonMapper json;

    ProblemValve(JsonMapper json) {
        this.json = json;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int code = response.getStatus();
        if (code < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String path = Objects.toString(request.getRequestURI(), "");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        try {
            ProblemBody body = ProblemBody.ofStatus(HttpStatusCode.valueOf(code), detail(code, request), path);
            response.getOutputStream().write(json.writeValueAsBytes(body));
            response.finishResponse();
        } catch (IOException clientIsGone) {
            throw new UncheckedIOException(clientIsGone);
        }
    }

    private static @Nullable String detail(int code, Request request) {
        if (code == Problem.MALFORMED_REQUEST.status().value()) {
            return UNREADABLE;
        }
        return code == Problem.UNSUPPORTED_MEDIA_TYPE.status().value()
                ? "Content-Type is %s; accepted: one media type"
                        .formatted(Excerpt.of(Objects.toString(request.getContentType(), "absent")))
                : null;
    }
}
