package dev.descent.core.nn;

import java.util.List;

/** A network's specification contradicts itself; says all that is wrong, not the first alone. */
public final class InvalidNetworkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<NetworkFlaw> flaws;

    InvalidNetworkException(List<NetworkFlaw> flaws) {
        super(flaws.toString());
        this.flaws = List.copyOf(flaws);
    }

    public List<NetworkFlaw> flaws() {
        return flaws;
    }
}
