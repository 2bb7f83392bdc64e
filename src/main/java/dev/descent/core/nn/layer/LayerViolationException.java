package dev.descent.core.nn.layer;

/** A layer cannot be built on its inputs. */
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
