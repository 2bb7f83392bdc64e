package dev.descent.dataset.format;

import dev.descent.core.Count;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The names of columns: what is wrong with them all at once, and those of columns that have none. */
final class HeaderNames {

    private final FileLayout layout;
    private final RowLimits limits;
    private final Violations violations;

    HeaderNames(FileLayout layout, RowLimits limits, Violations violations) {
        this.layout = layout;
        this.limits = limits;
        this.violations = violations;
    }

    static List<String> numbered(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(HeaderNames::numberedName)
                .toList();
    }

    static String numberedName(int column) {
        return "column_" + column;
    }

    /**
     * The names as they are used from here on; no two are equal, even where that is a violation, so that reading can go
     * on.
     *
     * @throws ProblemException 422 for more columns than the limit
     */
    List<String> of(List<String> given) {
        if (given.size() > limits.columns()) {
            throw ProblemException.invalid(
                    RowSource.POINTER,
                    "The file has %d columns; accepted: up to %d (descent.upload.max-columns sets this limit)"
                            .formatted(given.size(), limits.columns()));
        }
        List<String> names = new ArrayList<>(given.size());
        Set<String> all = new HashSet<>(given);
        Set<String> seen = new HashSet<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < given.size(); i++) {
            names.add(name(i, given.get(i), all, seen, numbers));
        }
        return names;
    }

    private String name(int column, String given, Set<String> all, Set<String> seen, Map<String, Integer> numbers) {
        if (given.isBlank() && column > 0) {
            violations.add(
                    () -> RowSource.POINTER,
                    () -> "Column %d has no name; the first line must name every column but the first (%s)"
                            .formatted(column + 1, layout.describe()));
        }
        String name = given.isBlank() ? nameless(column, all) : given;
        if (name.length() > limits.nameLength()) {
            violations.add(
                    () -> RowSource.POINTER,
                    () ->
                            "The name of column %d, which begins with \"%.40s\", has %s; accepted: up to %d (descent.upload.max-name-length sets this limit)"
                                    .formatted(
                                            column + 1,
                                            name,
                                            Count.of(name.length(), "character"),
                                            limits.nameLength()));
        }
        if (seen.add(name)) {
            return name;
        }
        if (layout.duplicateNames() == DuplicateNames.REJECT) {
            violations.add(
                    () -> RowSource.POINTER,
                    () ->
                            "Two columns are called \"%.80s\", the second of which is column %d; names must differ, or be numbered with \"duplicate_names\": \"number\""
                                    .formatted(name, column + 1));
        }
        // Goes on behind the last number: a file may have one name ten thousand times.
        int number = numbers.getOrDefault(name, 2);
        while (!all.add(name + "_" + number)) {
            number++;
        }
        numbers.put(name, number + 1);
        String other = name + "_" + number;
        seen.add(other);
        return other;
    }

    private String nameless(int column, Set<String> all) {
        return column == 0 && layout.hasRowNames() ? layout.rowNames() : free(numberedName(column + 1), all);
    }

    static String free(String name, Set<String> all) {
        return all.add(name) ? name : numbered(name, all);
    }

    private static String numbered(String name, Set<String> all) {
        int number = 2;
        while (!all.add(name + "_" + number)) {
            number++;
        }
        return name + "_" + number;
    }
}
