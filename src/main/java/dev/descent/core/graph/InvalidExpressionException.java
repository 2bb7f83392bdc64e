package dev.descent.core.graph;

/** An expression that makes no graph; the message says where, and what is accepted there. */
public final class InvalidExpressionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int position;

    /** @param position of the character at fault, counted from 1 */
    InvalidExpressionException(int position, String message) {
        super(message);
        this.position = position;
    }

    public int position() {
        return position;
    }
}
