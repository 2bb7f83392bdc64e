package dev.descent.problem;

import dev.descent.core.Name;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * The body of an {@code application/problem+json} response.
 *
 * @param instance the path of the request
 * @param errors all violations of the request, if there are any
 */
public record ProblemBody(
        @Name("type") URI type,
        @Name("title") String title,
        @Name("status") int status,
        @Name("detail") String detail,
        @Name("instance") String instance,
        @Name("errors") List<Violation> errors) {

    private static final URI NO_TYPE = URI.create("about:blank");

    static ProblemBody of(Problem problem, String detail, String instance, List<Violation> errors) {
        return new ProblemBody(problem.type(), problem.title(), problem.status().value(), detail, instance, errors);
    }

    /**
     * For a status chosen by the web server or the framework.
     *
     * @param detail null to use an explanation of the status
     */
    static ProblemBody ofStatus(HttpStatusCode status, @Nullable String detail, String instance) {
        return Problem.ofStatus(status)
                .map(problem -> of(problem, detail == null ? problem.explanation() : detail, instance, List.of()))
                .orElseGet(() -> ofOtherStatus(status, detail, instance));
    }

    /** The form that RFC 9457 gives to problems described fully by their status. */
    private static ProblemBody ofOtherStatus(HttpStatusCode status, @Nullable String detail, String instance) {
        HttpStatus known = HttpStatus.resolve(status.value());
        String title = known == null ? "Status " + status.value() : known.getReasonPhrase();
        return new ProblemBody(NO_TYPE, title, status.value(), detail == null ? title : detail, instance, List.of());
    }
}
