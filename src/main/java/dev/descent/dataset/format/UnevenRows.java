package dev.descent.dataset.format;

import dev.descent.core.Count;
import dev.descent.problem.Violations;
import java.util.ArrayList;
import java.util.List;

/** Rows that do not have as many cells as there are columns: how many, and the first of them. */
final class UnevenRows {

    private static final int REPORTED_LINES = 20;

    private final int expected;
    private final List<String> lines = new ArrayList<>();
    private long count;

    /** @param expected the number of columns */
    UnevenRows(int expected) {
        this.expected = expected;
    }

    void add(Row row) {
        count++;
        if (lines.size() < REPORTED_LINES) {
            lines.add("line %d has %d".formatted(row.line(), row.size()));
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    private String first() {
        return String.join(", ", lines) + (count > lines.size() ? " …" : "");
    }

    void addTo(Violations violations, FileLayout layout) {
        if (count > 0) {
            violations.add(
                    RowSource.POINTER,
                    "%s have the %s of the first line: %s (%s; \"ragged\": \"skip\" or \"pad\" takes the rest)"
                            .formatted(
                                    Count.of(count, "row doesn't", "rows don't"),
                                    Count.of(expected, "field"),
                                    first(),
                                    layout.describe()));
        }
    }

    /** @param what became of them, such as "left out" */
    String warning(String what) {
        return "%s not have the %s of the first line and %s %s: %s"
                .formatted(
                        Count.of(count, "row does", "rows do"),
                        Count.of(expected, "field"),
                        count == 1 ? "was" : "were",
                        what,
                        first());
    }
}
