package dev.descent.job.specification;

import dev.descent.problem.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** The data does not satisfy a job's specification; reports everything that is wrong, not just the first problem. */
public final class UnfitTrainingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient List<Violation> violations;

    /** @param code the error code of the failed job */
    UnfitTrainingException(String code, List<Violation> violations) {
        super(violations.stream().map(Violation::detail).collect(Collectors.joining("; ")));
        this.code = code;
        this.violations = List.copyOf(violations);
    }

    public String code() {
        return code;
    }

    /** Where the first violation is in the request. */
    public String pointer() {
        return violations.get(0).pointer();
    }

    List<Violation> violations() {
        return violations;
    }
}
