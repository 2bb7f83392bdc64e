package dev.descent.model.serving;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words of a boolean column, as its training data spelled them: {@code True} for {@code TRUE}, {@code true} and
 * JSON's own {@code true}.
 */
final class Truths {

    /** What is true, and what is false beside it. */
    private static final List<List<String>> PAIRS = List.of(
            List.of("true", "false"), List.of("yes", "no"), List.of("t", "f"), List.of("y", "n"), List.of("1", "0"));

    private final Set<String> known;
    private final Map<String, String> byLowerCase = new HashMap<>();

    Truths(Collection<String> levels) {
        this.known = new HashSet<>(levels);
        levels.forEach(level -> byLowerCase.putIfAbsent(level.toLowerCase(Locale.ROOT), level));
    }

    /** The word that training knows for this one; the same if it knows none. */
    String spelled(String word) {
        return known.contains(word) ? word : byLowerCase.getOrDefault(word.toLowerCase(Locale.ROOT), word);
    }

    /** The word that training knows, or would know had it occurred; null if it knows neither it nor its opposite. */
    @Nullable
    String spelled(boolean truth) {
        return PAIRS.stream()
                .filter(pair -> pair.stream().anyMatch(byLowerCase::containsKey))
                .map(pair -> spelled(pair.get(truth ? 0 : 1)))
                .findFirst()
                .orElse(null);
    }
}
