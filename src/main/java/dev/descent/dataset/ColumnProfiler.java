package dev.descent.dataset;

import dev.descent.core.data.Cell;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.ColumnProfile.LevelCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.datasketches.hll.HllSketch;
import org.jspecify.annotations.Nullable;

/** Gathers what is to be known of one column in one pass, in bounded memory. */
final class ColumnProfiler {

    /** Up to so many distinct values are counted one by one; beyond, a HyperLogLog sketch estimates. */
    static final int EXACT_DISTINCT = 1_000;

    private static final int SKETCH_BITS = 13;
    private static final int FEW_LEVELS = 20;
    private static final int TOP = 10;
    private static final List<Set<String>> TRUTHS = List.of(Set.of("true", "false"), Set.of("yes", "no"));

    private final String name;
    private final @Nullable ColumnType given;
    private final NumberProfiler numbers = new NumberProfiler();
    private final NumberProfiler days = new NumberProfiler();
    private final Map<String, Long> counts = new HashMap<>();
    private @Nullable HllSketch sketch;
    private long missing;
    private long known;
    private boolean allNumbers = true;
    private boolean allDays = true;
    private @Nullable BadCell firstBad;

    /** A cell that does not fit the type that the client gave. */
    record BadCell(long line, String text) {}

    /** @param given the type that the client says; null to infer it */
    ColumnProfiler(String name, @Nullable ColumnType given) {
        this.name = name;
        this.given = given;
    }

    void addMissing() {
        missing++;
    }

    void add(String text, long line) {
        known++;
        count(text);
        if (allNumbers) {
            allNumbers = numbers.add(Cell.number(text));
        }
        if (allDays) {
            allDays = days.add(Cell.day(text));
        }
        boolean unfit = (given == ColumnType.NUMERIC && !allNumbers) || (given == ColumnType.DATETIME && !allDays);
        if (unfit && firstBad == null) {
            firstBad = new BadCell(line, text);
        }
    }

    private void count(String text) {
        if (sketch != null) {
            sketch.update(text);
            return;
        }
        counts.merge(text, 1L, Long::sum);
        if (counts.size() > EXACT_DISTINCT) {
            HllSketch started = new HllSketch(SKETCH_BITS);
            counts.keySet().forEach(started::update);
            sketch = started;
            counts.clear();
        }
    }

    String name() {
        return name;
    }

    @Nullable
    BadCell firstBad() {
        return firstBad;
    }

    private long distinct() {
        return sketch == null ? counts.size() : Math.min(known, Math.round(sketch.getEstimate()));
    }

    private ColumnType type() {
        if (given != null) {
            return given;
        }
        if (known == 0) {
            return ColumnType.IGNORE;
        }
        if (allNumbers) {
            return ColumnType.NUMERIC;
        }
        if (sketch == null && isTruth()) {
            return ColumnType.BOOLEAN;
        }
        if (allDays) {
            return ColumnType.DATETIME;
        }
        boolean fewLevels = sketch == null && (counts.size() <= FEW_LEVELS || counts.size() <= known / 2);
        return fewLevels ? ColumnType.CATEGORICAL : ColumnType.TEXT;
    }

    private boolean isTruth() {
        return TRUTHS.stream()
                .anyMatch(truth ->
                        counts.keySet().stream().allMatch(text -> truth.contains(text.toLowerCase(Locale.ROOT))));
    }

    ColumnProfile profile() {
        ColumnType type = type();
        NumberProfiler values = type == ColumnType.DATETIME ? days : numbers;
        boolean isNumber = type.isNumber() && known > 0;
        return new ColumnProfile(
                name,
                type,
                missing,
                distinct(),
                isNumber ? readable(type, values.min()) : null,
                isNumber ? readable(type, values.max()) : null,
                isNumber ? values.isWhole() : null,
                isNumber ? values.mean() : null,
                isNumber ? values.deviation() : null,
                isNumber ? values.quantiles() : null,
                type.isNumber() || sketch != null ? null : top(),
                warnings(type));
    }

    private static Object readable(ColumnType type, double value) {
        return type == ColumnType.DATETIME ? Cell.dateOf(value) : (Object) value;
    }

    private List<LevelCount> top() {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(TOP)
                .map(entry -> new LevelCount(entry.getKey(), entry.getValue()))
                .toList();
    }

    private List<String> warnings(ColumnType type) {
        List<String> warnings = new ArrayList<>();
        if (known == 0) {
            warnings.add("has no value in any row");
        } else if (distinct() == 1) {
            warnings.add("is constant, so nothing can be learnt from it");
        }
        boolean couldBeId = type == ColumnType.TEXT || (type == ColumnType.NUMERIC && numbers.isWholeSequence());
        if (known > FEW_LEVELS && couldBeId && distinct() >= known * 0.98) {
            warnings.add("looks like an identifier: nearly every row has a value of its own");
        }
        if (missing > known) {
            warnings.add("is empty in %d of %d rows".formatted(missing, missing + known));
        }
        return warnings;
    }
}
