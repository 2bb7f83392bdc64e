package dev.descent.core.data;

import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.core.data.encode.Encoding;
import dev.descent.core.data.encode.Fitted;
import dev.descent.core.data.encode.Impute;
import dev.descent.core.data.encode.LevelCode;
import dev.descent.core.data.encode.LevelImputation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One-hot: one input per level of the training part, exactly one of which is 1, plus a last input for every level that
 * is absent from the training part or too rare to be among its {@value #MAX_LEVELS} most frequent. For an embedding,
 * the index of the level instead; or whatever a code makes of it.
 *
 * @param levels in alphabetical order; those of an ordinal code in numeric order if all are numbers
 * @param mostFrequent replaces an empty cell: an index into {@code levels}, or −1 if the training part has no levels
 * @param oneHot whether the inputs are one-hot; otherwise there is a single input, the index of the level
 * @param rarerLevels those of the training part that are too rare for a place of their own, in alphabetical order; null
 *     if they are not known: an earlier version of Descent did not keep them, or they are too many
 * @param imputation null for the most frequent level
 * @param code null for one-hot inputs or an index
 */
@Name("level_encoder")
public record CategoricalEncoder(
        @Name("name") String name,
        @Name("column_type") ColumnType columnType,
        @Name("levels") List<String> levels,
        @Name("most_frequent") int mostFrequent,
        @Name("one_hot") boolean oneHot,
        @Name("rarer_levels") @Nullable List<String> rarerLevels,
        @Name("imputation") @Nullable LevelImputation imputation,
        @Name("code") @Nullable LevelCode code)
        implements ColumnEncoder {

    /** The maximum number of levels with an input of their own. */
    public static final int MAX_LEVELS = 1_000;

    /** The maximum number of levels with a code. */
    public static final int MAX_CODED_LEVELS = 10_000;

    /** The most rarer levels that are kept by name, and their most characters: a model holds them for its whole life. */
    private static final int MAX_RARER_LEVELS = 100_000;

    private static final int MAX_RARER_CHARACTERS = 1 << 22;

    public CategoricalEncoder {
        levels = List.copyOf(levels);
        rarerLevels = rarerLevels == null ? null : List.copyOf(rarerLevels);
    }

    /** @param embedded whether an embedding reads the level's index */
    static CategoricalEncoder fit(Column.Levels column, TrainingPart part, PreprocessingSpec spec, boolean embedded) {
        Encoding encoding = embedded && !(spec.of(column.name()).encode() instanceof Encoding.OneHotSpec)
                ? Encoding.OneHotSpec.DEFAULT
                : spec.encodingOf(column.name());
        LevelImputation imputation = imputation(spec.of(column.name()));
        LevelCounts counts = LevelCounts.of(column, part.rows(), imputation);
        boolean isCoded = !(encoding instanceof Encoding.OneHotSpec);
        List<String> byFrequency = counts.byFrequency(
                encoding instanceof Encoding.OneHotSpec oneHot ? oneHot.minCount() : 1,
                isCoded ? MAX_CODED_LEVELS : MAX_LEVELS);
        List<String> levels = byFrequency.stream()
                .sorted(encoding instanceof Encoding.OrdinalSpec ? order(byFrequency) : Comparator.naturalOrder())
                .toList();
        int mostFrequent = byFrequency.isEmpty() ? -1 : levels.indexOf(byFrequency.get(0));
        CategoricalEncoder indexes = new CategoricalEncoder(
                column.name(),
                column.type(),
                levels,
                mostFrequent,
                !embedded && !isCoded,
                keepable(counts.without(byFrequency)),
                imputation,
                null);
        return indexes.withCode(indexes.code(encoding, column, part));
    }

    private static @Nullable List<String> keepable(List<String> rarer) {
        boolean tooMany = rarer.size() > MAX_RARER_LEVELS
                || rarer.stream().mapToLong(String::length).sum() > MAX_RARER_CHARACTERS;
        return tooMany ? null : rarer;
    }

    private static @Nullable LevelImputation imputation(ColumnPreprocessing settings) {
        Impute by = settings.impute();
        return by == null || by == Impute.MOST_FREQUENT
                ? null
                : new LevelImputation(
                        by, settings.value() == null ? null : settings.value().level());
    }

    private static Comparator<String> order(List<String> levels) {
        boolean areNumbers = levels.stream().noneMatch(level -> Double.isNaN(Cell.number(level)));
        return areNumbers
                ? Comparator.<String>comparingDouble(Cell::number).thenComparing(Comparator.naturalOrder())
                : Comparator.naturalOrder();
    }

    private CategoricalEncoder withCode(@Nullable LevelCode fitted) {
        return new CategoricalEncoder(name, columnType, levels, mostFrequent, oneHot, rarerLevels, imputation, fitted);
    }

    private @Nullable LevelCode code(Encoding encoding, Column.Levels column, TrainingPart part) {
        if (encoding instanceof Encoding.BinarySpec) {
            return new LevelCode.Binary();
        }
        if (encoding instanceof Encoding.OrdinalSpec) {
            int[] counts = new int[places()];
            PlaceOfRow placeOf = placesOf(column);
            Arrays.stream(part.rows())
                    .map(placeOf::of)
                    .filter(place -> place >= 0 && place < counts.length)
                    .forEach(place -> counts[place]++);
            return LevelCode.Ordinal.fit(counts);
        }
        return encoding instanceof Encoding.TargetMeanSpec spec
                ? targetMeans(spec, column, part).ofAll()
                : null;
    }

    private TargetMeans targetMeans(Encoding.TargetMeanSpec spec, Column.Levels column, TrainingPart part) {
        return new TargetMeans(part, spec, places(), placesOf(column)::of);
    }

    private boolean hasOwnLevel() {
        return imputation != null && imputation.by() == Impute.OWN_LEVEL;
    }

    /** The number of levels, and one for empty cells if they are a level of their own: the index of all others. */
    private int places() {
        return levels.size() + (hasOwnLevel() ? 1 : 0);
    }

    /** The place that stands for an empty cell; −1 if the training part has no levels. */
    private int imputedPlace() {
        if (imputation == null) {
            return mostFrequent;
        }
        if (imputation.value() == null) {
            return levels.size();
        }
        int constant = levels.indexOf(imputation.value());
        return constant < 0 ? places() : constant;
    }

    @Override
    public List<String> inputNames() {
        LevelCode fitted = code;
        if (fitted != null) {
            return fitted.inputNames(places()).stream()
                    .map(part -> part.isEmpty() ? name : name + " " + part)
                    .toList();
        }
        if (!oneHot) {
            return List.of(name + " level number");
        }
        List<String> names = new ArrayList<>();
        levels.forEach(level -> names.add("%s=%s".formatted(name, level)));
        if (hasOwnLevel()) {
            names.add(name + " is missing");
        }
        names.add(name + " is rare or unseen");
        return names;
    }

    @Override
    public Fitted.Substitute substitute() {
        if (imputation != null) {
            return new Fitted.Substitute(imputation.by(), imputation.value());
        }
        return new Fitted.Substitute(Impute.MOST_FREQUENT, mostFrequent < 0 ? null : levels.get(mostFrequent));
    }

    @Override
    public Record fitted() {
        return new Fitted.Levels(encoding(), levels, code);
    }

    private String encoding() {
        if (code != null) {
            return Names.of(code.getClass());
        }
        return oneHot ? "one_hot" : "level_number";
    }

    @Override
    public List<CellStep> steps(Table table, int row) {
        Column.Levels column = (Column.Levels) table.column(name).orElseThrow();
        int place = placesOf(column).of(row);
        List<CellStep> steps = new ArrayList<>();
        if (column.isMissing(row)) {
            steps.add(new CellStep("missing", null));
            steps.add(new CellStep(Names.of(substitute().by()), substitute().value()));
        } else {
            String level = column.levels().get(column.codes()[row]);
            steps.add(new CellStep("read", level));
            if (place == places()) {
                steps.add(new CellStep(Names.of(findingsOf(List.of(level), new int[] {place})[0]), level));
            }
        }
        steps.add(new CellStep(encoding(), place < 0 ? null : (Object) place));
        return steps;
    }

    @Override
    public int width() {
        if (code != null) {
            return code.width(places());
        }
        return oneHot ? places() + 1 : 1;
    }

    @Override
    public int levelNumbers() {
        return oneHot || code != null ? 0 : places() + 1;
    }

    @Override
    public CellEncoder bind(Table table) {
        return bind(table.column(name).orElseThrow());
    }

    CellEncoder bind(Column column) {
        LevelCode fitted = code;
        int places = places();
        if (fitted != null) {
            return cells((Column.Levels) column, (row, place, inputs, at) -> fitted.encode(place, places, inputs, at));
        }
        return cells((Column.Levels) column, (row, place, inputs, at) -> {
            if (oneHot) {
                for (int level = 0; level <= places; level++) {
                    inputs[at + level] = level == place ? 1 : 0;
                }
            } else {
                inputs[at] = place < 0 ? places : place;
            }
        });
    }

    /** The target mean of a row is that of the rows outside its fold. */
    @Override
    public CellEncoder bindTraining(TrainingPart part) {
        Column.Levels column = (Column.Levels) part.table().column(name).orElseThrow();
        if (!(code instanceof LevelCode.TargetMean all)) {
            return bind(column);
        }
        TargetMeans means = targetMeans(all.spec(), column, part);
        int targets = part.targets().count();
        return cells(column, (row, place, inputs, at) -> {
            for (int target = 0; target < targets; target++) {
                inputs[at + target] = means.meanFor(row, place, target);
            }
        });
    }

    private CellEncoder cells(Column.Levels column, PlaceWriter writer) {
        int[] placeOfCode = placesOf(column.levels());
        PlaceOfRow placeOf = placesOf(column, placeOfCode);
        Finding[] findingOfCode = findingsOf(column.levels(), placeOfCode);
        return (row, inputs, at) -> {
            writer.write(row, placeOf.of(row), inputs, at);
            return column.isMissing(row) ? Finding.IMPUTED : findingOfCode[column.codes()[row]];
        };
    }

    private Finding[] findingsOf(List<String> others, int[] places) {
        // With room left for more levels, none was too rare.
        boolean isCertain = rarerLevels != null || levels.size() < MAX_LEVELS;
        Finding otherwise = isCertain ? Finding.UNSEEN : Finding.RARE_OR_UNSEEN;
        return IntStream.range(0, places.length)
                .mapToObj(code -> {
                    if (places[code] < levels.size()) {
                        return Finding.NOTHING;
                    }
                    boolean isRare =
                            rarerLevels != null && Collections.binarySearch(rarerLevels, others.get(code)) >= 0;
                    return isRare ? Finding.RARE : otherwise;
                })
                .toArray(Finding[]::new);
    }

    /** Where the level of a row stands. */
    @FunctionalInterface
    private interface PlaceOfRow {
        int of(int row);
    }

    /** Writes the inputs of one place. */
    @FunctionalInterface
    private interface PlaceWriter {
        void write(int row, int place, double[] inputs, int at);
    }

    private PlaceOfRow placesOf(Column.Levels cells) {
        return placesOf(cells, placesOf(cells.levels()));
    }

    private PlaceOfRow placesOf(Column.Levels cells, int[] placeOfCode) {
        int imputed = imputedPlace();
        return row -> cells.isMissing(row) ? imputed : placeOfCode[cells.codes()[row]];
    }

    private int[] placesOf(List<String> others) {
        Map<String, Integer> indices = new HashMap<>();
        for (int index = 0; index < levels.size(); index++) {
            indices.put(levels.get(index), index);
        }
        int unknown = places();
        return others.stream()
                .mapToInt(level -> indices.getOrDefault(level, unknown))
                .toArray();
    }
}
