package dev.descent.job.specification;

import dev.descent.problem.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** The data does not allow what a job asks for; says all that is wrong, not the first alone. */
public final class UnfitTrainingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient List<Violation> violations;

    /** @param code by which the job fails */
    UnfitTrainingException(String code, List<Violation> violations) {
        super(violations.stream().map(Violation::detail).collect(Collectors.joining("; ")));
        this.code = code;
        this.violations = List.copyOf(violations);
    }

    public String code() {
        return code;
    }

    /** Where in the request the first fault lies. */
    public String pointer() {
        return violations.get(0).pointer();
    }

    List<Violation> violations() {
        return violations;
    }
}
