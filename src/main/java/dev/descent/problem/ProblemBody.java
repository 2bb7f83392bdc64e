package dev.descent.problem;

import dev.descent.core.Name;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatusCode;

/**
 * The body of an {@code application/problem+json} answer.
 *
 * @param instance the path of the request
 * @param errors all faults, where the request has some
 */
public record ProblemBody(
        @Name("type") URI type,
        @Name("title") String title,
        @Name("status") int status,
        @Name("detail") String detail,
        @Name("instance") String instance,
        @Name("errors") List<Violation> errors) {

    static ProblemBody of(
            Problem problem, HttpStatusCode status, String detail, String instance, List<Violation> errors) {
        return new ProblemBody(problem.type(), problem.title(), status.value(), detail, instance, errors);
    }
}
