package dev.descent.dataset;

import dev.descent.core.data.Cell;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.ColumnProfile.LevelCount;
import dev.descent.problem.ProblemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
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
    private final Set<String> missingValues;
    private final NumberProfiler numbers = new NumberProfiler();
    private final NumberProfiler days = new NumberProfiler();
    private final Map<String, Level> levels = new LinkedHashMap<>();
    private @Nullable HllSketch sketch;
    private long missing;
    private long known;
    private boolean allNumbers = true;
    private boolean allDays = true;
    private @Nullable BadCell firstBad;

    /** A value that was met, and how often; what it says as a number is read once. */
    private static final class Level {

        final double number;
        final double day;
        long count = 1;

        Level(double number, double day) {
            this.number = number;
            this.day = day;
        }
    }

    /** A cell that does not fit the type that the client gave. */
    record BadCell(long line, String text) {}

    /**
     * @param given the type that the client says; null to infer it
     * @param missingValues cells that hold nothing
     */
    ColumnProfiler(String name, @Nullable ColumnType given, Set<String> missingValues) {
        this.missingValues = missingValues;
        this.name = name;
        this.given = given;
    }

    void add(String text, long line) {
        // First of all, since most cells of most columns hold what others did.
        Level level = levels.get(text);
        if (level != null) {
            level.count++;
            known++;
            return;
        }
        if (missingValues.contains(text)) {
            missing++;
            return;
        }
        if (text.indexOf('\0') >= 0) {
            throw ProblemException.invalid(
                    CsvFile.POINTER,
                    "Line %d has the character U+0000, which no text has; accepted: CSV in UTF-8".formatted(line));
        }
        known++;
        double number = allNumbers ? Cell.number(text) : Double.NaN;
        double day = allDays ? Cell.day(text) : Double.NaN;
        allNumbers &= !Double.isNaN(number);
        allDays &= !Double.isNaN(day);
        boolean unfit = (given == ColumnType.NUMERIC && !allNumbers) || (given == ColumnType.DATETIME && !allDays);
        if (unfit && firstBad == null) {
            firstBad = new BadCell(line, text);
        }
        if (sketch != null) {
            sketch.update(text);
            addNumbers(number, day, 1);
            return;
        }
        levels.put(text, new Level(number, day));
        if (levels.size() > EXACT_DISTINCT) {
            HllSketch started = new HllSketch(SKETCH_BITS);
            levels.keySet().forEach(started::update);
            sketch = started;
            numbers.expectMany();
            days.expectMany();
            addLevels();
            levels.clear();
        }
    }

    private void addLevels() {
        levels.values().forEach(level -> addNumbers(level.number, level.day, level.count));
    }

    private void addNumbers(double number, double day, long times) {
        if (allNumbers) {
            numbers.add(number, times);
        }
        if (allDays) {
            days.add(day, times);
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
        return sketch == null ? levels.size() : Math.min(known, Math.round(sketch.getEstimate()));
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
        boolean fewLevels = sketch == null && (levels.size() <= FEW_LEVELS || levels.size() <= known / 2);
        return fewLevels ? ColumnType.CATEGORICAL : ColumnType.TEXT;
    }

    private boolean isTruth() {
        return TRUTHS.stream()
                .anyMatch(truth ->
                        levels.keySet().stream().allMatch(text -> truth.contains(text.toLowerCase(Locale.ROOT))));
    }

    ColumnProfile profile() {
        ColumnType type = type();
        addLevels();
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
        return levels.entrySet().stream()
                .map(entry -> new LevelCount(entry.getKey(), entry.getValue().count))
                .sorted(Comparator.comparingLong(LevelCount::count).reversed().thenComparing(LevelCount::value))
                .limit(TOP)
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
