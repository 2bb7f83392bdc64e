package dev.descent.core.graph.parse;

import java.util.ArrayList;
import java.util.List;

/** Splits an expression into numbers, names and symbols. */
final class Lexer {

    private static final String SYMBOLS = "+-*/^()";

    private final String text;
    private int next;

    Lexer(String text) {
        this.text = text;
    }

    /** The tokens, terminated by the only {@code END}. */
    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        skipSpace();
        while (next < text.length()) {
            int start = next;
            Token.Kind kind = skipToken();
            tokens.add(new Token(kind, text.substring(start, next), start + 1));
            skipSpace();
        }
        tokens.add(new Token(Token.Kind.END, "", text.length() + 1));
        return tokens;
    }

    private Token.Kind skipToken() {
        char first = text.charAt(next);
        if (isLetter(first)) {
            skipLettersAndDigits();
            return Token.Kind.NAME;
        }
        if (isDigit(next) || (first == '.' && isDigit(next + 1))) {
            skipNumber();
            return Token.Kind.NUMBER;
        }
        // A whole code point, even if it takes two chars.
        next += Character.charCount(text.codePointAt(next));
        return SYMBOLS.indexOf(first) >= 0 ? Token.Kind.SYMBOL : Token.Kind.INVALID;
    }

    private void skipSpace() {
        while (next < text.length() && isSpace(text.charAt(next))) {
            next++;
        }
    }

    private void skipLettersAndDigits() {
        while (next < text.length() && (isLetter(text.charAt(next)) || isDigit(next))) {
            next++;
        }
    }

    /**
     * {@code 12}, {@code 1.5}, {@code .5} or {@code 2.}, each optionally followed by an exponent such as {@code e-3}.
     */
    private void skipNumber() {
        skipDigits();
        if (next < text.length() && text.charAt(next) == '.') {
            next++;
            skipDigits();
        }
        int exponent = next + 1;
        if (next < text.length() && "eE".indexOf(text.charAt(next)) >= 0) {
            if (exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0) {
                exponent++;
            }
            if (isDigit(exponent)) {
                next = exponent;
                skipDigits();
            }
        }
    }

    private void skipDigits() {
        while (isDigit(next)) {
            next++;
        }
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    /** Includes the no-break space, which text copied from web pages contains. */
    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
