package dev.descent.dataset.profile;

import dev.descent.core.Excerpt;
import dev.descent.core.data.CategoricalEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one should know about the levels of a column, as what the column has. */
final class LevelWarnings {

    private static final double DOMINATING = 0.95;

    /** Of fewer cells, one level has most by chance. */
    private static final int LEAST_JUDGED = 20;

    private LevelWarnings() {}

    /** About levels that may be one that is written in several ways; null if there are none. */
    static @Nullable String similar(List<String> levels) {
        Map<String, String> first = new HashMap<>();
        String pair = null;
        int repeated = 0;
        for (String level : levels) {
            String other = first.putIfAbsent(level.strip().toLowerCase(Locale.ROOT), level);
            if (other != null) {
                repeated++;
                if (pair == null) {
                    pair = "\"%s\" and \"%s\"".formatted(Excerpt.of(other), Excerpt.of(level));
                }
            }
        }
        return pair == null
                ? null
                : "has levels that differ by case or surrounding spaces alone, such as %s; each is a level of its own%s"
                        .formatted(pair, repeated == 1 ? "" : " (%d such levels)".formatted(repeated + 1));
    }

    /** About a level that nearly every cell has; null if there is none. */
    static @Nullable String dominating(List<String> levels, long[] counts, long cells) {
        for (int level = 0; level < levels.size(); level++) {
            if (cells >= LEAST_JUDGED && counts[level] < cells && counts[level] >= DOMINATING * cells) {
                return String.format(
                        Locale.ROOT,
                        "has the level \"%s\" in %,d of %,d cells, which leaves little to learn from the others",
                        Excerpt.of(levels.get(level)),
                        counts[level],
                        cells);
            }
        }
        return null;
    }

    /** About levels that have no input of their own; null if each has one. */
    static @Nullable String tooMany(long levels) {
        return levels <= CategoricalEncoder.MAX_LEVELS
                ? null
                : String.format(
                        Locale.ROOT,
                        "has about %,d levels, of which training keeps the %,d most frequent; the rarer ones count as one",
                        levels,
                        CategoricalEncoder.MAX_LEVELS);
    }
}
