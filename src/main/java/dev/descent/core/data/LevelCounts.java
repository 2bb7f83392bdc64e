package dev.descent.core.data;

import dev.descent.core.data.encode.Impute;
import dev.descent.core.data.encode.LevelImputation;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How often the training part has each level. */
record LevelCounts(Map<String, Integer> counts) {

    /** @param imputation a constant counts as the level of each empty cell */
    static LevelCounts of(Column.Levels column, int[] rows, @Nullable LevelImputation imputation) {
        int[] byCode = new int[column.levels().size()];
        int missing = 0;
        for (int row : rows) {
            if (column.isMissing(row)) {
                missing++;
            } else {
                byCode[column.codes()[row]]++;
            }
        }
        Map<String, Integer> counts = new HashMap<>();
        for (int code = 0; code < byCode.length; code++) {
            if (byCode[code] > 0) {
                counts.put(column.levels().get(code), byCode[code]);
            }
        }
        if (missing > 0 && imputation != null && imputation.by() == Impute.CONSTANT && imputation.value() != null) {
            counts.merge(imputation.value(), missing, Integer::sum);
        }
        return new LevelCounts(counts);
    }

    /** The levels that are not among these, in alphabetical order. */
    List<String> without(Collection<String> others) {
        Set<String> left = new TreeSet<>(counts.keySet());
        left.removeAll(Set.copyOf(others));
        return List.copyOf(left);
    }

    /** The most frequent levels first; of equally frequent ones, the alphabet decides. */
    List<String> byFrequency(int minCount, int maxLevels) {
        return counts.entrySet().stream()
                .filter(level -> level.getValue() >= minCount)
                .sorted(Comparator.comparingInt((Map.Entry<String, Integer> level) -> -level.getValue())
                        .thenComparing(Map.Entry::getKey))
                .limit(maxLevels)
                .map(Map.Entry::getKey)
                .toList();
    }
}
