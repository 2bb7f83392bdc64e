package dev.descent.core.nn;

import java.util.List;

/** A network's specification contradicts itself; says all that is wrong, not the first alone. */
public final class InvalidNetworkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<NetworkViolation> violations;

    InvalidNetworkException(List<NetworkViolation> violations) {
        super(violations.toString());
        this.violations = List.copyOf(violations);
    }

    public List<NetworkViolation> violations() {
        return violations;
    }
}
