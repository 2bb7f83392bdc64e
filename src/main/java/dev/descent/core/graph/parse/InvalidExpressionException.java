package dev.descent.core.graph.parse;

/** The expression cannot be turned into a graph; the message says where and what is accepted there. */
public final class InvalidExpressionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int position;

    /** @param position of the offending character, 1-based */
    InvalidExpressionException(int position, String message) {
        super(message);
        this.position = position;
    }

    public int position() {
        return position;
    }
}
