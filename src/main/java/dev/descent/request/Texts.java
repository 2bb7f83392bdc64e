package dev.descent.request;

/** Which texts every database can keep. */
final class Texts {

    /** How a message says what is accepted. */
    static final String STORABLE = "a string without U+0000 and without halves of surrogate pairs";

    private Texts() {}

    /** PostgreSQL has no U+0000, and UTF-8 has no half of a surrogate pair: it would come back as a question mark. */
    static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }
}
