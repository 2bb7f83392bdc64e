package dev.descent.core.train.examples;

import java.util.List;
import java.util.stream.Collectors;

/** The data cannot be used for training as requested; reports everything that is wrong, not just the first problem. */
public final class InvalidDataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<DataViolation> violations;

    InvalidDataException(List<DataViolation> violations) {
        super(violations.stream().map(DataViolation::detail).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    public List<DataViolation> violations() {
        return violations;
    }
}
