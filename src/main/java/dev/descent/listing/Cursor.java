package dev.descent.listing;

import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;

/**
 * The requested page of a list.
 *
 * @param limit the page size
 * @param before the page starts with the newest entry whose id sorts before this one; for the first page, above every
 *     id
 */
public record Cursor(int limit, String before) {

    public static final int DEFAULT_LIMIT = 20;
    public static final int MAX_LIMIT = 100;

    private static final Pattern ID = Pattern.compile("[a-z0-9_]{1,64}");
    private static final String ABOVE_EVERY_ID = "zzzz";

    /** @param after the last id of the previous page; null for the first page */
    public static Cursor of(@Nullable Integer limit, @Nullable String after) {
        Violations violations = new Violations();
        int count = limit == null ? DEFAULT_LIMIT : limit;
        if (count < 1 || count > MAX_LIMIT) {
            violations.add("?limit", "limit is %d; accepted: a whole number from 1 to %d".formatted(count, MAX_LIMIT));
        }
        if (after != null && !ID.matcher(after).matches()) {
            violations.add("?after", "after is \"%s\"; accepted: an id from the list".formatted(after));
        }
        violations.throwIfAny();
        return new Cursor(count, after == null ? ABOVE_EVERY_ID : after);
    }

    /** The error for a page that starts after an entry the list does not have. */
    public static ProblemException unknown(String after) {
        return ProblemException.invalid("?after", "after is \"%s\"; accepted: an id from the list".formatted(after));
    }

    /** One more than the page size, to find out whether there are more entries. */
    public Limit limitAndOne() {
        return Limit.of(limit + 1);
    }
}
