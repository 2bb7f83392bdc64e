package dev.descent.dataset;

import dev.descent.core.data.ColumnType;
import dev.descent.dataset.format.Row;
import dev.descent.dataset.format.RowHandler;
import dev.descent.dataset.format.RowSource;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/** Profiles every column of a file in one pass. */
final class Profiler implements RowHandler {

    private static final int MAX_ROWS = Integer.MAX_VALUE;

    private static final int ROWS_IN_BLOCK = 256;
    private static final int CHARACTERS_IN_BLOCK = 1 << 22;

    private final TextTable missingValues;
    private final Map<String, ColumnType> given;
    private final List<ColumnProfiler> columns = new ArrayList<>();
    private List<Row> block = new ArrayList<>();
    private CompletableFuture<Void> blockBefore = CompletableFuture.completedFuture(null);
    private long charactersInBlock;
    private long rows;

    private Profiler(Set<String> missingValues, Map<String, ColumnType> given) {
        this.missingValues = TextTable.of(missingValues);
        this.given = given;
    }

    /**
     * @param given types by column name, as declared by the client
     * @param optionsPointer the JSON pointer to that declaration, for error messages
     */
    static DatasetProfile profile(
            RowSource file, Set<String> missingValues, Map<String, ColumnType> given, String optionsPointer)
            throws IOException {
        Profiler profiler = new Profiler(missingValues, given);
        file.read(profiler);
        profiler.profileBlock();
        profiler.awaitBlockBefore();
        profiler.check(optionsPointer);
        List<ColumnProfile> profiles =
                profiler.columns.stream().map(ColumnProfiler::profile).toList();
        List<String> warnings = profiles.stream()
                .flatMap(profile ->
                        profile.warnings().stream().map(text -> "Column \"%s\" %s".formatted(profile.name(), text)))
                .toList();
        return new DatasetProfile(profiler.rows, profiles, warnings);
    }

    @Override
    public void header(List<String> names) {
        names.forEach(name -> columns.add(new ColumnProfiler(name, given.get(name), missingValues)));
    }

    @Override
    public boolean row(Row row) {
        rows++;
        if (rows > MAX_ROWS) {
            throw ProblemException.invalid(
                    RowSource.POINTER, "The file has more than %d rows; accepted: up to that".formatted(MAX_ROWS));
        }
        block.add(row);
        charactersInBlock += row.characters().length;
        if (block.size() >= ROWS_IN_BLOCK || charactersInBlock >= CHARACTERS_IN_BLOCK) {
            profileBlock();
        }
        return true;
    }

    /**
     * Column by column, so that a column's profile stays in the cache, and on all cores, while the next block is read.
     */
    private void profileBlock() {
        List<Row> full = block;
        awaitBlockBefore();
        blockBefore = CompletableFuture.runAsync(
                () -> IntStream.range(0, columns.size()).parallel().forEach(column -> profile(full, column)));
        block = new ArrayList<>();
        charactersInBlock = 0;
    }

    private void profile(List<Row> rows, int column) {
        ColumnProfiler profiler = columns.get(column);
        for (Row row : rows) {
            profiler.add(row, column);
        }
    }

    private void awaitBlockBefore() {
        try {
            blockBefore.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof ProblemException refused ? refused : failure;
        }
    }

    private void check(String optionsPointer) {
        Violations violations = new Violations();
        List<String> names = columns.stream().map(ColumnProfiler::name).toList();
        given.keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> violations.add(
                        Violation.pointerTo(optionsPointer + "/columns", name),
                        "There is no column \"%s\"; the file has %s".formatted(name, String.join(", ", names))));
        for (ColumnProfiler column : columns) {
            ColumnProfiler.BadCell bad = column.firstBad();
            if (bad != null) {
                violations.add(
                        Violation.pointerTo(optionsPointer + "/columns", column.name()) + "/type",
                        "Line %d has \"%s\" in column \"%s\", which is not %s"
                                .formatted(
                                        bad.line(),
                                        bad.text(),
                                        column.name(),
                                        bad.given().label()));
            }
        }
        violations.throwIfAny();
    }
}
