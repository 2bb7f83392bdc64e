package dev.descent.core.nn;

import java.util.List;
import java.util.stream.Collectors;

/** A network's specification contradicts itself; says all that is wrong, not the first alone. */
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
