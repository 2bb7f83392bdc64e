package dev.descent.dataset.profile;

import dev.descent.core.Count;
import dev.descent.core.data.Cell;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.format.Row;
import dev.descent.dataset.format.RowSource;
import dev.descent.dataset.format.TextTable;
import dev.descent.dataset.profile.ColumnProfile.LevelCount;
import dev.descent.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.datasketches.hll.HllSketch;
import org.jspecify.annotations.Nullable;

/** Profiles one column in a single pass, in bounded memory. */
final class ColumnProfiler {

    /** Up to this many distinct values are counted exactly; beyond that a HyperLogLog sketch estimates them. */
    static final int EXACT_DISTINCT = 1_000;

    /** The characters of all levels that are counted exactly: with more, it is text, whatever their number. */
    private static final int MAX_LEVEL_CHARACTERS = 1 << 17;

    private static final int SKETCH_BITS = 13;
    private static final int SKETCH_BYTES = 1 << (SKETCH_BITS - 1);
    private static final int FEW_LEVELS = 20;
    private static final int TOP = 10;
    private static final List<Set<String>> TRUTHS = List.of(Set.of("true", "false"), Set.of("yes", "no"));

    private final String name;
    private final @Nullable ColumnType given;
    private final TextTable missingValues;
    private final NumberProfiler numbers = new NumberProfiler();
    private final NumberProfiler days = new NumberProfiler();
    private final TextTable levels = new TextTable();

    /** How often each level occurs. */
    private long[] counts = new long[FEW_LEVELS];

    private @Nullable HllSketch sketch;
    private long missing;
    private long known;
    private int longest;
    private int levelCharacters;
    private int countedLevels;
    private boolean allNumbers = true;
    private boolean allDays = true;
    private @Nullable BadCell firstBad;

    /** A cell that does not match the type the client declared. */
    record BadCell(long line, String text, ColumnType given) {}

    /**
     * @param given the type declared by the client; null to infer it
     * @param missingValues the strings that mean an empty cell
     */
    ColumnProfiler(String name, @Nullable ColumnType given, TextTable missingValues) {
        this.missingValues = missingValues;
        this.name = name;
        this.given = given;
    }

    void add(Row row, int cell) {
        char[] characters = row.characters();
        int from = row.from(cell);
        int to = row.to(cell);
        // Checked first, because most cells of most columns repeat earlier ones.
        int level = levels.find(characters, from, to);
        if (level != TextTable.UNKNOWN) {
            counts[level]++;
            known++;
        } else if (missingValues.find(characters, from, to) != TextTable.UNKNOWN) {
            missing++;
        } else {
            addNew(row.text(cell), row.line());
        }
    }

    private void addNew(String text, long line) {
        if (text.indexOf('\0') >= 0) {
            throw ProblemException.invalid(
                    RowSource.POINTER,
                    "Line %d has the character U+0000, which no text has; accepted: text without it".formatted(line));
        }
        known++;
        longest = Math.max(longest, text.length());
        double number = allNumbers ? Cell.number(text) : Double.NaN;
        double day = allDays ? Cell.day(text) : Double.NaN;
        allNumbers &= !Double.isNaN(number);
        allDays &= !Double.isNaN(day);
        if (firstBad == null && given != null && !fits(given)) {
            firstBad = new BadCell(line, text, given);
        }
        if (sketch != null) {
            sketch.update(text);
            addNumbers(number, day, 1);
            return;
        }
        int level = levels.add(text);
        if (level == counts.length) {
            counts = Arrays.copyOf(counts, 2 * level);
        }
        counts[level] = 1;
        countedLevels = levels.size();
        levelCharacters += text.length();
        if (countedLevels > EXACT_DISTINCT || levelCharacters > MAX_LEVEL_CHARACTERS) {
            HllSketch started = new HllSketch(SKETCH_BITS);
            levels.texts().forEach(started::update);
            sketch = started;
            numbers.expectMany();
            days.expectMany();
            addLevels();
            levels.clear();
        }
    }

    private boolean fits(ColumnType type) {
        return (type != ColumnType.NUMERIC || allNumbers) && (type != ColumnType.DATETIME || allDays);
    }

    private void addLevels() {
        for (int level = 0; level < levels.size(); level++) {
            String text = levels.texts().get(level);
            addNumbers(Cell.number(text), Cell.day(text), counts[level]);
        }
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

    /** About what it takes now. */
    long heapBytes() {
        long sketches = sketch == null ? 0 : SKETCH_BYTES;
        return levels.heapBytes()
                + (long) Long.BYTES * counts.length
                + numbers.heapBytes()
                + days.heapBytes()
                + sketches;
    }

    private long distinct(ColumnType type) {
        if (sketch != null) {
            // Near the limit an estimate may fall below it, where all counts are exact.
            return Math.max(countedLevels, Math.min(known, Math.round(sketch.getEstimate())));
        }
        // Two different strings may denote the same number.
        return type.isNumber() ? valuesOf(type).distinct() : levels.size();
    }

    private NumberProfiler valuesOf(ColumnType type) {
        return type == ColumnType.DATETIME ? days : numbers;
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
                        levels.texts().stream().allMatch(text -> truth.contains(text.toLowerCase(Locale.ROOT))));
    }

    ColumnProfile profile() {
        ColumnType type = type();
        addLevels();
        NumberProfiler values = valuesOf(type);
        boolean isNumber = type.isNumber() && known > 0;
        return new ColumnProfile(
                name,
                type,
                missing,
                distinct(type),
                type.isNumber() ? null : longest,
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
        return IntStream.range(0, levels.size())
                .mapToObj(number -> new LevelCount(levels.texts().get(number), counts[number]))
                .sorted(Comparator.comparingLong(LevelCount::count).reversed().thenComparing(LevelCount::value))
                .limit(TOP)
                .toList();
    }

    private List<String> warnings(ColumnType type) {
        List<String> warnings = new ArrayList<>();
        if (known == 0) {
            warnings.add("has no value in any row");
        } else if (distinct(type) == 1) {
            warnings.add("is constant, so nothing can be learnt from it");
        }
        boolean couldBeId = type == ColumnType.TEXT || (type == ColumnType.NUMERIC && numbers.isWholeSequence());
        if (known > FEW_LEVELS && couldBeId && distinct(type) >= known * 0.98) {
            warnings.add("looks like an identifier: nearly every row has a value of its own");
        }
        if (missing > known) {
            warnings.add("is empty in %d of %s".formatted(missing, Count.of(missing + known, "row")));
        }
        return warnings;
    }
}
