package dev.descent.core.data;

import dev.descent.core.Name;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One-hot: one input per level of the training part, exactly one of which is 1, plus a last input for every level that
 * is absent from the training part or too rare to be among its {@value #MAX_LEVELS} most frequent. For an embedding,
 * the index of the level instead.
 *
 * @param levels in alphabetical order
 * @param mostFrequent replaces an empty cell: an index into {@code levels}, or −1 if the training part has no levels
 * @param oneHot whether the inputs are one-hot; otherwise there is a single input, the index of the level
 * @param rarerLevels those of the training part that are too rare for an input of their own, in alphabetical order; null
 *     if they are not known: an earlier version of Descent did not keep them, or they are too many
 */
@Name("level_encoder")
public record CategoricalEncoder(
        @Name("name") String name,
        @Name("column_type") ColumnType columnType,
        @Name("levels") List<String> levels,
        @Name("most_frequent") int mostFrequent,
        @Name("one_hot") boolean oneHot,
        @Name("rarer_levels") @Nullable List<String> rarerLevels)
        implements ColumnEncoder {

    /** The maximum number of levels with an input of their own. */
    public static final int MAX_LEVELS = 1_000;

    /** The most rarer levels that are kept by name, and their most characters: a model holds them for its whole life. */
    private static final int MAX_RARER_LEVELS = 100_000;

    private static final int MAX_RARER_CHARACTERS = 1 << 22;

    public CategoricalEncoder {
        levels = List.copyOf(levels);
        rarerLevels = rarerLevels == null ? null : List.copyOf(rarerLevels);
    }

    static CategoricalEncoder fit(Column.Levels column, int[] rows, boolean oneHot) {
        int[] counts = new int[column.levels().size()];
        for (int row : rows) {
            if (!column.isMissing(row)) {
                counts[column.codes()[row]]++;
            }
        }
        List<Integer> byFrequency = IntStream.range(0, counts.length)
                .boxed()
                .filter(code -> counts[code] > 0)
                .sorted(Comparator.comparingInt((Integer code) -> -counts[code])
                        .thenComparing(code -> column.levels().get(code)))
                .toList();
        int kept = Math.min(MAX_LEVELS, byFrequency.size());
        List<String> levels = named(column, byFrequency.subList(0, kept));
        int mostFrequent =
                byFrequency.isEmpty() ? -1 : levels.indexOf(column.levels().get(byFrequency.get(0)));
        List<String> rarer = keepable(named(column, byFrequency.subList(kept, byFrequency.size())));
        return new CategoricalEncoder(column.name(), column.type(), levels, mostFrequent, oneHot, rarer);
    }

    private static List<String> named(Column.Levels column, List<Integer> codes) {
        return codes.stream().map(code -> column.levels().get(code)).sorted().toList();
    }

    private static @Nullable List<String> keepable(List<String> rarer) {
        boolean tooMany = rarer.size() > MAX_RARER_LEVELS
                || rarer.stream().mapToLong(String::length).sum() > MAX_RARER_CHARACTERS;
        return tooMany ? null : rarer;
    }

    @Override
    public int width() {
        return oneHot ? levels.size() + 1 : 1;
    }

    @Override
    public int levelNumbers() {
        return oneHot ? 0 : levels.size() + 1;
    }

    @Override
    public CellEncoder bind(Column column) {
        Column.Levels cells = (Column.Levels) column;
        int unseen = levels.size();
        int[] indexOfCode = indicesOf(cells.levels());
        Finding[] findingOfCode = findingsOf(cells.levels(), indexOfCode);
        return (row, inputs, at) -> {
            boolean missing = cells.isMissing(row);
            int index = missing ? mostFrequent : indexOfCode[cells.codes()[row]];
            if (oneHot) {
                for (int level = 0; level <= unseen; level++) {
                    inputs[at + level] = level == index ? 1 : 0;
                }
            } else {
                inputs[at] = index < 0 ? unseen : index;
            }
            if (missing) {
                return Finding.IMPUTED;
            }
            return findingOfCode[cells.codes()[row]];
        };
    }

    private Finding[] findingsOf(List<String> others, int[] indices) {
        Set<String> rarer = rarerLevels == null ? Set.of() : Set.copyOf(rarerLevels);
        // With room left for more levels, none was too rare.
        boolean isCertain = rarerLevels != null || levels.size() < MAX_LEVELS;
        Finding unknown = isCertain ? Finding.UNSEEN : Finding.RARE_OR_UNSEEN;
        return IntStream.range(0, indices.length)
                .mapToObj(code -> {
                    if (indices[code] < levels.size()) {
                        return Finding.NOTHING;
                    }
                    return rarer.contains(others.get(code)) ? Finding.RARE : unknown;
                })
                .toArray(Finding[]::new);
    }

    private int[] indicesOf(List<String> others) {
        Map<String, Integer> indices = new HashMap<>();
        for (int index = 0; index < levels.size(); index++) {
            indices.put(levels.get(index), index);
        }
        return others.stream()
                .mapToInt(level -> indices.getOrDefault(level, levels.size()))
                .toArray();
    }
}
