package dev.descent.core.train.examples;

import java.util.List;
import java.util.stream.Collectors;

/** The data can't be trained on as asked; says all that is wrong, not the first alone. */
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
