package dev.descent.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient List<Violation> errors;
    private final @Nullable Duration retryAfter;

    public ProblemException(Problem problem, String detail, List<Violation> errors) {
        this(problem, detail, errors, null);
    }

    private ProblemException(Problem problem, String detail, List<Violation> errors, @Nullable Duration retryAfter) {
        super(Violation.cut(detail));
        this.problem = problem;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    public static ProblemException notFound(String kind, String id) {
        return new ProblemException(Problem.NOT_FOUND, "There is no %s %s".formatted(kind, id), List.of());
    }

    public static ProblemException conflict(String detail) {
        return new ProblemException(Problem.CONFLICT, detail, List.of());
    }

    public static ProblemException malformed(String detail) {
        return new ProblemException(Problem.MALFORMED_REQUEST, detail, List.of());
    }

    public static ProblemException unavailable(String detail) {
        return new ProblemException(Problem.UNAVAILABLE, detail, List.of());
    }

    public static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(Problem.INVALID_REQUEST, detail, List.of(new Violation(pointer, detail)));
    }

    /** @param retryAfter when it may well be possible, in whole seconds */
    public static ProblemException tooMany(String detail, Duration retryAfter) {
        return new ProblemException(Problem.TOO_MANY_REQUESTS, detail, List.of(), retryAfter);
    }

    public Problem problem() {
        return problem;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    /** When to try again; null if that is not known. */
    @Nullable
    public Duration retryAfter() {
        return retryAfter;
    }

    public List<Violation> errors() {
        return errors;
    }
}
