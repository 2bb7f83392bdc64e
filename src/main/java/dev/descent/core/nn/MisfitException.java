package dev.descent.core.nn;

/** A layer can't be built on what flows into it. */
final class MisfitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String part;

    /** @param part the part of the node at fault, such as {@code inputs} */
    MisfitException(String part, String detail) {
        super(detail);
        this.part = part;
    }

    String part() {
        return part;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
