package dev.descent.dataset.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Name;
import dev.descent.dataset.profile.ColumnProfile.LevelCount;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a column as they are written: its classes, if it is the target of a classification.
 *
 * @param distinct as exact as that of the column
 * @param longest the number of characters of the longest
 * @param top the most frequent; null if there are too many to count them
 * @param doubt why they may be codes, as what the column has; null if nothing suggests it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Spellings(
        @Name("distinct") long distinct,
        @Name("longest") int longest,
        @Name("top") @Nullable List<LevelCount> top,
        @Name("doubt") @Nullable String doubt) {

    /** A warning about a column: what it {@code has}. */
    String warning() {
        return doubt
                + "; rows show them as they are written, and as the target of a classification each spelling is a class:"
                + " declare it as categorical if they are codes, as numeric if not";
    }
}
