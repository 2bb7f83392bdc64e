package dev.descent.core.graph.parse;

/**
 * The smallest unit of an expression.
 *
 * @param position of its first character, 1-based
 */
record Token(Kind kind, String text, int position) {

    enum Kind {
        NUMBER,
        NAME,
        SYMBOL,
        /** A character that no expression may contain; the parser reports it when it gets there. */
        INVALID,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** The token as messages name it. */
    String described() {
        return is(Kind.END) ? "the end" : "\"" + text + "\"";
    }
}
