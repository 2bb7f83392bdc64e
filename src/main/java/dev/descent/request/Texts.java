package dev.descent.request;

/** Which strings every database can store. */
final class Texts {

    /** The wording of messages for what is accepted. */
    static final String STORABLE = "a string without U+0000 and without halves of surrogate pairs";

    private Texts() {}

    /**
     * PostgreSQL cannot store U+0000, and UTF-8 cannot encode an unpaired surrogate, which would come back as a
     * question mark.
     */
    static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }
}
