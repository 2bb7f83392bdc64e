package dev.descent.core.graph;

/**
 * A smallest part of an expression.
 *
 * @param position of its first character, counted from 1
 */
record Token(Kind kind, String text, int position) {

    enum Kind {
        NUMBER,
        NAME,
        SYMBOL,
        /** A character that stands in no expression; the parser complains when it comes to it. */
        INVALID,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** As a message names it. */
    String described() {
        return is(Kind.END) ? "the end" : "\"" + text + "\"";
    }
}
