package dev.descent.core.nn;

import java.util.List;
import java.util.stream.Collectors;

/** A network's specification is inconsistent; reports everything that is wrong with it, not just the first problem. */
public final class InvalidNetworkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<NetworkViolation> violations;

    InvalidNetworkException(List<NetworkViolation> violations) {
        super(violations.stream().map(NetworkViolation::detail).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    public List<NetworkViolation> violations() {
        return violations;
    }
}
