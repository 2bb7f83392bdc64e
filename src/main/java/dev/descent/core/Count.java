package dev.descent.core;

import java.util.Locale;

/** Counts with their nouns, for sentences. */
public final class Count {

    private Count() {}

    /** {@code 1 row}, {@code 2 rows}: for a noun with a regular plural. */
    public static String of(long count, String noun) {
        return of(count, noun, noun + "s");
    }

    /** {@code 1 row}, {@code 2,000,000 rows}: for counts that may be large. */
    public static String grouped(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? noun : noun + "s");
    }

    /** {@code 1 row is left}, {@code 2 rows are left}: for any other wording. */
    public static String of(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
