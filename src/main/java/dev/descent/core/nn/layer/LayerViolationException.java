package dev.descent.core.nn.layer;

/** A layer can't be built on what flows into it. */
public final class LayerViolationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String part;

    /** @param part the part of the node at fault, such as {@code inputs} */
    LayerViolationException(String part, String detail) {
        super(detail);
        this.part = part;
    }

    public String part() {
        return part;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
