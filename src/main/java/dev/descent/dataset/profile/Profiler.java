package dev.descent.dataset.profile;

import dev.descent.core.Count;
import dev.descent.core.data.CellReader;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.block.BlockThreads;
import dev.descent.dataset.block.Blocks;
import dev.descent.dataset.cell.TextTable;
import dev.descent.dataset.format.Row;
import dev.descent.dataset.format.RowHandler;
import dev.descent.dataset.format.RowSource;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Profiles the columns of a file in one pass, or, if their profiles would not fit into the memory for them together, in
 * one pass per group of columns.
 */
public final class Profiler {

    /** What a column usually takes at most while it is profiled. */
    public static final int HEAP_PER_COLUMN = 1 << 17;

    /** What is known of rows to find those that repeat an earlier one, at most. */
    public static final int HEAP_OF_ROWS = 1 << 24;

    private static final int BYTES_IN_BATCH = 1 << 20;
    private static final int ROWS_IN_BATCH = 1 << 12;

    /** Of names and of most frequent levels: every request that needs a profile reads it as a whole. */
    private static final int MAX_PROFILE_LENGTH = 8_000_000;

    private final Job job;
    private final long deadline;
    private final List<ColumnProfile> profiles = new ArrayList<>();
    private final Violations violations = new Violations();
    private List<String> names = List.of();
    private long heapOfColumns;
    private @Nullable DuplicateRows duplicates;
    private int profiled;
    private long rows;
    private long length;

    private Profiler(Job job) {
        this.job = job;
        this.deadline = System.nanoTime() + job.limits().time().toNanos();
    }

    /**
     * What to profile.
     *
     * @param missingValues the strings that mean an empty cell
     * @param given types by column name, as declared by the client
     * @param cells reads the cells of a column, by its name
     * @param optionsPointer the JSON pointer to that declaration, for error messages
     * @param reserve reserves the heap to profile a number of columns and returns how much it is; asked once
     * @param threads that read and profile; the profile does not depend on their number
     */
    public record Job(
            RowSource file,
            Set<String> missingValues,
            Map<String, ColumnType> given,
            Function<String, CellReader> cells,
            String optionsPointer,
            ProfileLimits limits,
            IntToLongFunction reserve,
            BlockThreads threads) {}

    /** What rows take that are read while others are profiled, at most, except for long rows. */
    public static long heapOfBlocks(BlockThreads threads) {
        return 2L * BYTES_IN_BATCH + Blocks.heapBytes(threads);
    }

    /** @throws ProblemException 422 for a file that is malformed or exceeds a limit, or declarations that do not fit it */
    public static DatasetProfile profile(Job job) throws IOException {
        Profiler profiler = new Profiler(job);
        do {
            profiler.profileGroup();
        } while (profiler.profiled < profiler.names.size());
        profiler.violations.throwIfAny();
        List<String> warnings = new ArrayList<>();
        profiler.profiles.forEach(profile ->
                profile.warnings().forEach(text -> warnings.add("Column \"%s\" %s".formatted(profile.name(), text))));
        String repeated = profiler.duplicates == null ? null : profiler.duplicates.warning();
        if (repeated != null) {
            warnings.add(repeated);
        }
        return new DatasetProfile(profiler.rows, profiler.profiles, warnings);
    }

    private void profileGroup() throws IOException {
        Group group = new Group(profiled);
        read(group);
        group.endOfBlock();
        if (group.first == 0) {
            checkDeclared();
        }
        profiled += group.columns.size();
        group.columns.forEach(this::check);
        Queue<ColumnProfiler> done = new ArrayDeque<>(group.columns);
        group.columns.clear();
        // Each is let go before the next one makes its profile.
        for (ColumnProfiler column = done.poll(); violations.isEmpty() && column != null; column = done.poll()) {
            add(column.profile());
        }
    }

    /** What is wrong with rows does not hide what is wrong with cells. Every pass finds it again; it is told once. */
    private void read(Group group) throws IOException {
        try {
            job.file().read(group, job.threads());
        } catch (ProblemException refused) {
            if (refused.problem() != Problem.INVALID_REQUEST || names.isEmpty()) {
                throw refused;
            }
            if (group.first == 0) {
                violations.addAll(refused.errors());
            }
        }
    }

    private void checkDeclared() {
        Set<String> known = new HashSet<>(names);
        job.given().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> violations.add(
                        pointerTo(name), "There is no column \"%s\"; the file has %s".formatted(name, someNames())));
    }

    /** To what is declared about a column. */
    private String pointerTo(String column) {
        return Violation.pointerTo(Violation.pointerTo(job.optionsPointer(), "columns"), column);
    }

    private String someNames() {
        String some = names.stream().limit(20).collect(Collectors.joining(", "));
        return names.size() > 20 ? some + " …" : some;
    }

    private void check(ColumnProfiler column) {
        ColumnProfiler.BadCell bad = column.firstBad();
        if (bad != null) {
            violations.add(
                    pointerTo(column.name()) + "/type",
                    "Line %d has \"%.80s\" in column \"%s\", which is not %s"
                            .formatted(
                                    bad.line(),
                                    bad.text(),
                                    column.name(),
                                    bad.given().label()));
        }
    }

    private void add(ColumnProfile profile) {
        length += profile.name().length();
        if (profile.top() != null) {
            profile.top().forEach(level -> length += level.value().length());
        }
        if (profile.spellings() != null && profile.spellings().top() != null) {
            profile.spellings().top().forEach(level -> length += level.value().length());
        }
        if (length > MAX_PROFILE_LENGTH) {
            throw ProblemException.invalid(
                    RowSource.POINTER,
                    "The names and most frequent levels of the first %s have more than %d characters together; accepted: up to that"
                            .formatted(Count.of(profiles.size() + 1, "column"), MAX_PROFILE_LENGTH));
        }
        profiles.add(profile);
    }

    /** The columns of one pass. */
    private final class Group implements RowHandler {

        private final int first;
        private final TextTable missingValues = TextTable.of(job.missingValues());
        private final List<ColumnProfiler> columns = new ArrayList<>();
        private List<Row> batch = new ArrayList<>();
        private BlockThreads.Parts batchBefore = BlockThreads.Parts.none();
        private long bytesInBatch;

        Group(int first) {
            this.first = first;
        }

        @Override
        public void header(List<String> header) {
            if (first == 0) {
                names = header;
                long heap = job.reserve().applyAsLong(header.size());
                long heapOfRows = Math.min(HEAP_OF_ROWS, heap / 2);
                heapOfColumns = heap - heapOfRows;
                // A single value that comes again makes no row that does.
                duplicates = header.size() == 1 ? null : new DuplicateRows(heapOfRows);
            }
            header.stream()
                    .skip(first)
                    .forEach(name -> columns.add(new ColumnProfiler(
                            name,
                            job.given().get(name),
                            missingValues,
                            job.cells().apply(name))));
        }

        @Override
        public boolean row(Row row) {
            if (first == 0) {
                count();
            }
            batch.add(row);
            bytesInBatch += row.bytes();
            if (batch.size() >= ROWS_IN_BATCH || bytesInBatch >= BYTES_IN_BATCH) {
                profileBatch();
            }
            return true;
        }

        @Override
        public void endOfBlock() {
            profileBatch();
            batchBefore.finish();
        }

        private void count() {
            rows++;
            if (rows > job.limits().rows()) {
                throw refused("rows", job.limits().rows(), "max-rows");
            }
            if (rows * names.size() > job.limits().cells()) {
                throw refused("cells", job.limits().cells(), "max-cells");
            }
        }

        private static ProblemException refused(String what, int most, String setting) {
            return ProblemException.invalid(
                    RowSource.POINTER,
                    "The file has more than %d %s; descent.upload.%s sets this limit".formatted(most, what, setting));
        }

        /**
         * Column by column, so that a column's profile stays in the cache, and on all threads, while the next batch is
         * read.
         */
        private void profileBatch() {
            List<Row> full = batch;
            batchBefore.finish();
            checkTime();
            leaveToLaterPasses();
            DuplicateRows repeated = first == 0 ? duplicates : null;
            // Whether rows repeat takes longer than any column does.
            int columnsFrom = repeated == null ? 0 : 1;
            batchBefore = job.threads().begin(columnsFrom + columns.size(), part -> {
                if (part >= columnsFrom) {
                    profile(full, part - columnsFrom);
                } else if (repeated != null) {
                    full.forEach(repeated::add);
                }
            });
            batch = new ArrayList<>(full.size());
            bytesInBatch = 0;
        }

        /** As many columns, from the last on, as take too much together. */
        private void leaveToLaterPasses() {
            long heap = 0;
            for (int i = 0; i < columns.size(); i++) {
                heap += columns.get(i).heapBytes();
                if (heap > heapOfColumns && i > 0) {
                    // No closer than that, because those that stay will grow.
                    columns.subList((i + 1) / 2, columns.size()).clear();
                }
            }
        }

        private void checkTime() {
            if (Thread.currentThread().isInterrupted()) {
                throw ProblemException.unavailable("The server stops before it has read the file; send it again");
            }
            if (System.nanoTime() - deadline > 0) {
                throw ProblemException.invalid(
                        RowSource.POINTER,
                        "The first %s were read after %d s; descent.upload.time-limit sets this limit"
                                .formatted(
                                        Count.of(rows, "row"),
                                        job.limits().time().toSeconds()));
            }
        }

        private void profile(List<Row> rows, int column) {
            ColumnProfiler profiler = columns.get(column);
            for (Row row : rows) {
                profiler.add(row, first + column);
            }
        }
    }
}
