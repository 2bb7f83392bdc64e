package dev.descent.listing;

import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;

/**
 * Which page of a list is asked for.
 *
 * @param limit entries of a page
 * @param before the page begins with the newest entry whose id sorts before this one; above every id at the start
 */
public record Cursor(int limit, String before) {

    public static final int DEFAULT_LIMIT = 20;
    public static final int MAX_LIMIT = 100;

    private static final Pattern ID = Pattern.compile("[a-z0-9_]{1,64}");
    private static final String ABOVE_EVERY_ID = "zzzz";

    /** @param after the last id of the page before; null for the first page */
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

    /** The fault of a page after something that the list does not have. */
    public static ProblemException unknown(String after) {
        return ProblemException.invalid("?after", "after is \"%s\"; accepted: an id from the list".formatted(after));
    }

    /** One more than the page holds, which shows whether there are more. */
    public Limit limitAndOne() {
        return Limit.of(limit + 1);
    }
}
