package dev.descent.dataset.profile;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.descent.core.Excerpt;
import dev.descent.core.Name;
import dev.descent.core.data.ColumnType;
import java.util.List;
import java.util.Locale;

/**
 * The cells that keep a column from being one of numbers, or of dates, throughout.
 *
 * @param expected the type that more cells fit than the other of the two
 * @param fit the number of cells that fit it
 * @param of the number of cells that are not empty
 * @param first the first that do not, in the order of the file
 */
public record Misfits(
        @Name("expected") ColumnType expected,
        @Name("fit") long fit,
        @Name("of") long of,
        @Name("first") List<Misfit> first) {

    private static final double NEARLY_ALL = 0.9;

    /** One such cell. */
    public record Misfit(
            @Name("line") long line, @Name("value") String value) {}

    /** Whether so many cells fit that the others may well be mistakes. */
    @JsonIgnore
    public boolean isNearlyAll() {
        return fit >= NEARLY_ALL * of;
    }

    /** A warning about a column of a type: what it {@code is}. */
    String warning(ColumnType type) {
        if (type == expected) {
            return "is read as %s: %s, which counts as missing; declare its type or missing_values to say otherwise"
                    .formatted(type.label(), sentence());
        }
        return isNearlyAll()
                ? "is read as %s, although %s; if that means a missing value, name it in missing_values, and else declare the type of the column"
                        .formatted(type.label(), sentence())
                : "is of mixed types: " + sentence();
    }

    /** {@code 999 of 1,000 are numbers; line 1001 has "unknown"}. */
    public String sentence() {
        String nouns = expected == ColumnType.NUMERIC ? "numbers" : "dates";
        Misfit misfit = first.get(0);
        return String.format(
                Locale.ROOT,
                "%,d of %,d are %s; line %d has \"%s\"",
                fit,
                of,
                nouns,
                misfit.line(),
                Excerpt.of(misfit.value()));
    }
}
