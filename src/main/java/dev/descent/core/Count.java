package dev.descent.core;

/** Counts as sentences have them. */
public final class Count {

    private Count() {}

    /** {@code 1 row}, {@code 2 rows}: of a noun that takes an s. */
    public static String of(long count, String noun) {
        return of(count, noun, noun + "s");
    }

    /** {@code 1 row is left}, {@code 2 rows are left}: of whatever else follows the number. */
    public static String of(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
