package dev.descent.problem;

import java.util.List;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient List<Violation> errors;

    public ProblemException(Problem problem, String detail, List<Violation> errors) {
        super(Violation.cut(detail));
        this.problem = problem;
        this.errors = List.copyOf(errors);
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

    public Problem problem() {
        return problem;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<Violation> errors() {
        return errors;
    }
}
