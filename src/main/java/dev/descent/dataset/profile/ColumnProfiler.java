package dev.descent.dataset.profile;

import dev.descent.core.Count;
import dev.descent.core.data.Cell;
import dev.descent.core.data.CellReader;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.cell.ColumnReading;
import dev.descent.dataset.cell.NumberSpelling;
import dev.descent.dataset.cell.TextTable;
import dev.descent.dataset.format.Row;
import dev.descent.dataset.format.RowSource;
import dev.descent.dataset.profile.ColumnProfile.LevelCount;
import dev.descent.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Profiles one column in a single pass, in bounded memory. */
final class ColumnProfiler {

    /** Up to this many distinct values are counted exactly; beyond that a HyperLogLog sketch estimates them. */
    static final int EXACT_DISTINCT = 1_000;

    /** The characters of all levels that are counted exactly: with more, it is text, whatever their number. */
    private static final int MAX_LEVEL_CHARACTERS = 1 << 17;

    private static final int FEW_LEVELS = 20;
    private static final int TOP = 10;

    /** With less than this share of numbers or dates, a column is one of other texts, and not of mixed types. */
    private static final double LEAST_MIXED = 0.1;

    /** Of fewer cells, no type is expected that they do not have. */
    private static final int LEAST_JUDGED = 10;

    private static final List<Set<String>> TRUTHS = List.of(Set.of("true", "false"), Set.of("yes", "no"));

    private final String name;
    private final @Nullable ColumnType given;
    private final TextTable missingValues;
    private final CellReader cells;
    private final NumberProfiler numbers = new NumberProfiler();
    private final NumberProfiler days = new NumberProfiler();
    private final TextTable levels = new TextTable();

    private final TypeFit numberFit = new TypeFit(ColumnType.NUMERIC);
    private final TypeFit dayFit = new TypeFit(ColumnType.DATETIME);
    private final SpellingProfiler spelling = new SpellingProfiler();

    /** How often each level occurs, and in which line first. */
    private long[] counts = new long[FEW_LEVELS];

    private long[] lines = new long[FEW_LEVELS];

    private @Nullable DistinctCounter sketch;
    private long missing;
    private long known;
    private int longest;
    private int levelCharacters;
    private int countedLevels;
    private @Nullable BadCell firstBad;
    private @Nullable String similarLevels;

    /** A cell that does not match the type the client declared. */
    record BadCell(long line, String text, ColumnType given) {}

    /**
     * @param given the type declared by the client; null to infer it
     * @param missingValues the strings that mean an empty cell
     * @param cells by the rules of the column
     */
    ColumnProfiler(String name, @Nullable ColumnType given, TextTable missingValues, CellReader cells) {
        this.missingValues = missingValues;
        this.cells = cells;
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
            addNew(characters, from, to, row.line());
        }
    }

    private void addNew(char[] characters, int from, int to, long line) {
        refuseZero(characters, from, to, line);
        known++;
        longest = Math.max(longest, to - from);
        double number = cells.number(characters, from, to);
        double day = mayBeDay(number) ? cells.day(characters, from, to) : Double.NaN;
        if (Double.isNaN(number)) {
            addMisfit(numberFit, characters, from, to, line);
        } else if (cells.readsPlainNumbers()) {
            // Numbers that are written by rules of their own have the spelling of these.
            spelling.add(characters, from, to, number, line, sketch != null);
        }
        if (Double.isNaN(day)) {
            addMisfit(dayFit, characters, from, to, line);
        }
        if (firstBad == null && given != null && !fits(given, number, day)) {
            firstBad = new BadCell(line, new String(characters, from, to - from), given);
        }
        if (sketch == null) {
            addLevel(new String(characters, from, to - from), line);
        } else {
            sketch.add(characters, from, to);
            addNumbers(number, day, 1);
        }
    }

    private static void refuseZero(char[] characters, int from, int to, long line) {
        for (int i = from; i < to; i++) {
            if (characters[i] == 0) {
                throw ProblemException.invalid(
                        RowSource.POINTER,
                        "Line %d has the character U+0000, which no text has; accepted: text without it"
                                .formatted(line));
            }
        }
    }

    private static void addMisfit(TypeFit fit, char[] characters, int from, int to, long line) {
        if (!fit.isSettled()) {
            fit.add(new String(characters, from, to - from), line);
        }
    }

    private void addLevel(String text, long line) {
        int level = levels.add(text);
        if (level == counts.length) {
            counts = Arrays.copyOf(counts, 2 * level);
            lines = Arrays.copyOf(lines, 2 * level);
        }
        counts[level] = 1;
        lines[level] = line;
        countedLevels = levels.size();
        levelCharacters += text.length();
        if (countedLevels > EXACT_DISTINCT || levelCharacters > MAX_LEVEL_CHARACTERS) {
            DistinctCounter started = new DistinctCounter();
            levels.texts().forEach(started::add);
            sketch = started;
            numbers.expectMany();
            days.expectMany();
            addLevels();
            similarLevels = LevelWarnings.similar(levels.texts());
            levels.clear();
        }
    }

    private static boolean fits(ColumnType type, double number, double day) {
        return (type != ColumnType.NUMERIC || !Double.isNaN(number))
                && (type != ColumnType.DATETIME || !Double.isNaN(day));
    }

    /** A number may be a date in a form of its own. */
    private boolean mayBeDay(double number) {
        return Double.isNaN(number) || cells.hasPattern();
    }

    private void addLevels() {
        double[] values = new double[levels.size()];
        for (int level = 0; level < values.length; level++) {
            String text = levels.texts().get(level);
            values[level] = cells.number(text);
            double day = mayBeDay(values[level]) ? cells.day(text) : Double.NaN;
            addNumbers(values[level], day, counts[level]);
        }
        if (cells.readsPlainNumbers()) {
            spelling.compare(levels.texts(), values, lines);
        }
    }

    /** Either may be NaN. */
    private void addNumbers(double number, double day, long times) {
        numbers.add(number, times);
        days.add(day, times);
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
        long sketches = sketch == null ? 0 : DistinctCounter.HEAP_BYTES;
        return levels.heapBytes() + 2L * Long.BYTES * counts.length + numbers.heapBytes() + days.heapBytes() + sketches;
    }

    private long distinct(ColumnType type) {
        if (sketch != null) {
            // Near the limit an estimate may fall below it, where all counts are exact.
            return Math.max(countedLevels, Math.min(known(type), Math.round(sketch.estimate())));
        }
        // Two different strings may denote the same number.
        return type.isNumber() ? valuesOf(type).distinct() : levels.size();
    }

    private NumberProfiler valuesOf(ColumnType type) {
        return type == ColumnType.DATETIME ? days : numbers;
    }

    /** The cells that are not empty, if the column has this type. */
    private long known(ColumnType type) {
        return type.isNumber() ? valuesOf(type).count() : known;
    }

    private ColumnType type() {
        if (given != null) {
            return given;
        }
        if (known == 0) {
            return ColumnType.IGNORE;
        }
        if (numbers.count() == known) {
            return ColumnType.NUMERIC;
        }
        if (sketch == null && isTruth()) {
            return ColumnType.BOOLEAN;
        }
        if (days.count() == known || dayFit.isButForMarkers(days.count(), known)) {
            return ColumnType.DATETIME;
        }
        if (numberFit.isButForMarkers(numbers.count(), known)) {
            return ColumnType.NUMERIC;
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
        addLevels();
        ColumnType type = type();
        NumberProfiler values = valuesOf(type);
        boolean isNumber = type.isNumber() && values.count() > 0;
        Misfits misfits = misfits();
        Spellings spellings = isNumber && type == ColumnType.NUMERIC && !spelling.isCanonical() ? spellings() : null;
        return new ColumnProfile(
                name,
                type,
                missing + known - known(type),
                distinct(type),
                type.isNumber() ? null : longest,
                isNumber ? readable(type, values.min()) : null,
                isNumber ? readable(type, values.max()) : null,
                isNumber ? values.isWhole() : null,
                isNumber ? values.mean() : null,
                isNumber ? values.deviation() : null,
                isNumber ? values.quantiles() : null,
                type.isNumber() || sketch != null ? null : top(),
                reading(type),
                misfits,
                spellings,
                warnings(type, misfits, spellings));
    }

    private ColumnReading reading(ColumnType type) {
        Set<String> markers = type.isNumber() ? fitOf(type).markers() : Set.of();
        return ColumnReading.of(type, markers, type == ColumnType.NUMERIC && doubt() != null);
    }

    /** Whoever declares numbers means them. */
    private @Nullable String doubt() {
        return given == null ? spelling.doubt() : null;
    }

    private TypeFit fitOf(ColumnType type) {
        return type == ColumnType.DATETIME ? dayFit : numberFit;
    }

    private @Nullable Misfits misfits() {
        ColumnType expected = numbers.count() >= days.count() ? ColumnType.NUMERIC : ColumnType.DATETIME;
        long fitting = valuesOf(expected).count();
        boolean isOther = fitting < LEAST_MIXED * known || known < LEAST_JUDGED;
        return given != null || fitting == known || isOther
                ? null
                : fitOf(expected).misfits(fitting, known);
    }

    private Spellings spellings() {
        if (sketch != null) {
            return new Spellings(distinct(ColumnType.NUMERIC), longest, null, doubt());
        }
        Map<String, Long> times = new HashMap<>();
        for (int level = 0; level < levels.size(); level++) {
            String text = levels.texts().get(level);
            if (!Double.isNaN(cells.number(text))) {
                times.merge(NumberSpelling.of(text), counts[level], Long::sum);
            }
        }
        return new Spellings(times.size(), longest, top(times), doubt());
    }

    private static Object readable(ColumnType type, double value) {
        return type == ColumnType.DATETIME ? Cell.timeOf(value) : (Object) value;
    }

    private List<LevelCount> top() {
        return mostFrequent(IntStream.range(0, levels.size())
                .mapToObj(number -> new LevelCount(levels.texts().get(number), counts[number])));
    }

    private static List<LevelCount> top(Map<String, Long> times) {
        return mostFrequent(times.entrySet().stream().map(level -> new LevelCount(level.getKey(), level.getValue())));
    }

    private static List<LevelCount> mostFrequent(Stream<LevelCount> levels) {
        return levels.sorted(
                        Comparator.comparingLong(LevelCount::count).reversed().thenComparing(LevelCount::value))
                .limit(TOP)
                .toList();
    }

    private List<String> warnings(ColumnType type, @Nullable Misfits misfits, @Nullable Spellings spellings) {
        List<String> warnings = new ArrayList<>();
        long values = known(type);
        if (values == 0) {
            warnings.add("has no value in any row");
        } else if (distinct(type) == 1) {
            warnings.add("is constant, so nothing can be learnt from it");
        }
        if (misfits != null) {
            warnings.add(misfits.warning(type));
        }
        if (spellings != null && spellings.doubt() != null) {
            warnings.add(spellings.warning());
        }
        if (!type.isNumber() && type != ColumnType.IGNORE) {
            addLevelWarnings(type, warnings);
        }
        boolean couldBeId = type == ColumnType.TEXT || (type == ColumnType.NUMERIC && numbers.isWholeSequence());
        if (values > FEW_LEVELS && couldBeId && distinct(type) >= values * 0.98) {
            warnings.add("looks like an identifier: nearly every row has a value of its own");
        }
        long empty = missing + known - values;
        if (empty > values) {
            warnings.add("is empty in %d of %s".formatted(empty, Count.of(missing + known, "row")));
        }
        return warnings;
    }

    private void addLevelWarnings(ColumnType type, List<String> warnings) {
        Stream.of(
                        sketch == null ? LevelWarnings.similar(levels.texts()) : similarLevels,
                        sketch == null ? LevelWarnings.dominating(levels.texts(), counts, known) : null,
                        type == ColumnType.CATEGORICAL ? LevelWarnings.tooMany(distinct(type)) : null)
                .filter(Objects::nonNull)
                .forEach(warnings::add);
    }
}
