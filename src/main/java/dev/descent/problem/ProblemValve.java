package dev.descent.problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Answers with a problem where the web server refuses a request by itself, such as for an address with %00; it would send HTML. */
class ProblemValve extends ErrorReportValve {

    private static final String DETAIL =
            "The web server could not read the request: its address, its first line or its headers are malformed";

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
        HttpStatusCode status = HttpStatusCode.valueOf(code);
        Problem problem = Problem.ofStatus(status);
        String detail = problem == Problem.MALFORMED_REQUEST ? DETAIL : problem.title();
        String path = Objects.toString(request.getRequestURI(), "");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        try {
            ProblemBody body = ProblemBody.of(problem, status, detail, path, List.of());
            response.getOutputStream().write(json.writeValueAsBytes(body));
            response.finishResponse();
        } catch (IOException clientIsGone) {
            throw new UncheckedIOException(clientIsGone);
        }
    }
}
