package dev.descent.dataset;

import dev.descent.core.Count;
import dev.descent.core.Names;
import dev.descent.core.data.CellStorage;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Table;
import dev.descent.dataset.block.BlockThreads;
import dev.descent.dataset.cell.ColumnReading;
import dev.descent.dataset.cell.TableReader;
import dev.descent.dataset.cell.TextTable;
import dev.descent.dataset.format.ReadingRules;
import dev.descent.dataset.format.RowHandler;
import dev.descent.dataset.profile.ColumnProfile;
import dev.descent.dataset.profile.DatasetProfile;
import dev.descent.listing.Cursor;
import dev.descent.listing.Listing;
import dev.descent.principal.Principal;
import dev.descent.principal.Visibility;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import dev.descent.request.RequestHeap;
import dev.descent.store.Database;
import dev.descent.store.Scratch;
import dev.descent.store.Spools;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Manages datasets: a file and a database row for each. */
@Service
public class Datasets {

    private static final Logger log = LoggerFactory.getLogger(Datasets.class);

    private static final Duration AGE_OF_LEFTOVERS = Duration.ofHours(1);

    /** The characters of a profile that is read without a reservation. */
    private static final int SMALL_PROFILE = 1 << 16;

    private static final int HEAP_PER_ROW_READER = 1 << 22;

    /** Text, tokens and objects. */
    private static final int HEAP_PER_CHARACTER = 8;

    private final DatasetRepository repository;
    private final DatasetFiles files;
    private final DatasetUseTimes times;
    private final TransactionTemplate transaction;
    private final Database database;
    private final JsonMapper json;
    private final RequestHeap heap;
    private final Spools spools;
    private final BlockThreads threads;
    private final Instant created = Instant.now();

    Datasets(
            DatasetRepository repository,
            DatasetFiles files,
            DatasetUseTimes times,
            TransactionTemplate transaction,
            Database database,
            JsonMapper json,
            RequestHeap heap,
            Spools spools,
            BlockThreads threads) {
        this.repository = repository;
        this.files = files;
        this.times = times;
        this.transaction = transaction;
        this.database = database;
        this.json = json;
        this.heap = heap;
        this.spools = spools;
        this.threads = threads;
    }

    /**
     * If no other process can be running, every file without a row that is older than this process was left behind by a
     * crash. Newer ones may belong to requests.
     */
    @EventListener
    void sweepAtStart(ApplicationStartedEvent event) {
        if (database.isExclusive()) {
            sweep(Duration.between(created, Instant.now()));
        }
    }

    /** Removes files without a row, except those of running uploads, in this process or another. */
    void sweep() {
        sweep(AGE_OF_LEFTOVERS);
    }

    /** Whatever cannot be removed is left for the next sweep. */
    private void sweep(Duration age) {
        try {
            files.sweep(repository::existsById, age);
        } catch (IOException failure) {
            log.warn("Files that belong to no dataset could not be removed: {}", failure.toString());
        }
    }

    /** @throws ProblemException 404 for an unknown id, and for one that the principal does not see */
    public DatasetInfo get(Principal principal, String id) {
        return info(find(principal, id));
    }

    /**
     * For a job that was allowed to use it when it was submitted.
     *
     * @throws ProblemException 404 for an unknown id
     */
    public DatasetInfo get(String id) {
        return info(find(id));
    }

    public boolean exists(String id) {
        return repository.existsById(id);
    }

    /** @throws ProblemException 404 for an unknown id */
    public long rowCount(String id) {
        return find(id).rows();
    }

    /** A page of datasets; those with many columns without them. */
    Listing<DatasetInfo> list(Principal principal, Cursor cursor, @Nullable String name, @Nullable String sha256) {
        List<DatasetRepository.Size> found = repository.findVisible(
                principal.owner(),
                principal.isAdmin(),
                name == null ? "" : name,
                name == null,
                sha256 == null ? "" : sha256,
                sha256 == null,
                cursor.before(),
                cursor.limitAndOne());
        List<String> small = found.stream()
                .filter(dataset -> dataset.profileLength() <= SMALL_PROFILE)
                .map(DatasetRepository.Size::id)
                .toList();
        Map<String, Dataset> read =
                repository.findAllById(small).stream().collect(Collectors.toMap(Dataset::getId, Function.identity()));
        return Listing.ofRemaining(
                found,
                cursor,
                dataset -> dataset.profileLength() <= SMALL_PROFILE
                        ? Optional.ofNullable(read.get(dataset.id()))
                                .map(this::info)
                                .map(DatasetInfo::inList)
                        : summary(dataset));
    }

    /** Reads one profile at a time. */
    private Optional<DatasetInfo> summary(DatasetRepository.Size size) {
        reserve(size.profileLength());
        return repository
                .findById(size.id())
                .map(dataset -> info(dataset, columnCount(dataset.profile()), List.of(), List.of(), true));
    }

    private int columnCount(String profile) {
        try (JsonParser parser = json.createParser(profile)) {
            while (!"columns".equals(parser.nextName())) {
                // The name occurs on the first level only, before any other array.
            }
            parser.nextToken();
            int count = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
                count++;
            }
            return count;
        }
    }

    /** A profile takes several times its length while it is read. */
    private void reserve(long profileLength) {
        heap.reserve(HEAP_PER_CHARACTER * profileLength);
    }

    /**
     * Prevents deletion of a dataset until the caller's transaction ends.
     *
     * @throws ProblemException 404 for an unknown id, and for one that the principal does not see
     */
    public void lockForUse(Principal principal, String id) {
        findAndLock(principal, id);
        times.used(id);
    }

    /** The same for whoever may use what was made of it; does nothing if there is no such dataset any more. */
    public void lockForUse(String id) {
        repository.findAndLock(id).ifPresent(found -> times.used(id));
    }

    private Dataset findAndLock(Principal principal, String id) {
        return repository
                .findAndLock(id)
                .filter(dataset -> principal.sees(dataset.owner(), dataset.visibility()))
                .orElseThrow(() -> ProblemException.notFound("dataset", id));
    }

    /** @throws ProblemException 403 if it is shared by someone else */
    Dataset findOwnAndLock(Principal principal, String id) {
        Dataset dataset = findAndLock(principal, id);
        if (!principal.owns(dataset.owner())) {
            throw new ProblemException(
                    Problem.FORBIDDEN,
                    "Dataset %s is shared by its owner, who alone may change it".formatted(id),
                    List.of());
        }
        return dataset;
    }

    DatasetInfo show(Principal principal, String id, Visibility visibility) {
        return change(principal, id, dataset -> dataset.show(visibility));
    }

    DatasetInfo giveTo(Principal principal, String id, String owner) {
        return change(principal, id, dataset -> dataset.giveTo(owner));
    }

    private DatasetInfo change(Principal principal, String id, Consumer<Dataset> change) {
        DatasetInfo changed = transaction.execute(status -> {
            Dataset dataset = findOwnAndLock(principal, id);
            change.accept(dataset);
            return info(repository.save(dataset));
        });
        log.info("Dataset {} belongs to {} and is {}", id, changed.owner(), Names.of(changed.visibility()));
        return changed;
    }

    /** Of the upload. */
    String contentType(Principal principal, String id) {
        Dataset dataset = find(principal, id);
        return dataset.format().contentType(reading(dataset).layout());
    }

    /** The upload as received, decompressed. */
    Resource content(DatasetInfo dataset) {
        heap.keep(0);
        times.used(dataset.id());
        return new FileSystemResource(files.path(dataset.id())) {
            @Override
            public long contentLength() {
                return dataset.bytes();
            }

            @Override
            public InputStream getInputStream() throws IOException {
                try {
                    return super.getInputStream();
                } catch (IOException failure) {
                    throw gone(dataset.id(), failure);
                }
            }
        };
    }

    /** Its file may be deleted between a look at the row and one at the file. */
    private IOException gone(String id, IOException failure) {
        boolean missing = failure instanceof NoSuchFileException || failure instanceof FileNotFoundException;
        if (missing && !repository.existsById(id)) {
            throw ProblemException.notFound("dataset", id);
        }
        return failure;
    }

    /**
     * Some rows, read from the file while they are written.
     *
     * @param columns those to include; an empty list for all
     * @throws ProblemException 422 for unknown columns, or more cells than {@link DatasetRows#MAX_CELLS}
     */
    DatasetRows rows(Principal principal, String id, long offset, int limit, List<String> columns) {
        Dataset dataset = find(principal, id);
        times.used(id);
        List<RowWriter.Field> fields = fields(info(dataset), reading(dataset), columns);
        int most = Math.max(1, DatasetRows.MAX_CELLS / fields.size());
        if (limit > most) {
            throw ProblemException.invalid(
                    "?limit",
                    "limit is %d, which makes %d cells of %s; accepted: up to %d, with which they are no more than %d, or fewer columns with ?columns="
                            .formatted(
                                    limit,
                                    (long) limit * fields.size(),
                                    Count.of(fields.size(), "column"),
                                    most,
                                    DatasetRows.MAX_CELLS));
        }
        // What remains while the client reads: names, and a row as text and as JSON.
        long names =
                fields.stream().mapToLong(field -> field.name().length() + 100L).sum();
        heap.keep(2 * names + Math.min(4 * dataset.bytes(), HEAP_PER_ROW_READER));
        return new DatasetRows(
                "list",
                fields.stream().map(RowWriter.Field::name).toList(),
                new RowWriter(
                        reader -> read(dataset, reader), fields, TextTable.of(missingValues(dataset)), offset, limit),
                dataset.rows());
    }

    /** In the order of the file. */
    private static List<RowWriter.Field> fields(DatasetInfo info, ReadingRules reading, List<String> names) {
        Set<String> wanted = new LinkedHashSet<>(names);
        List<RowWriter.Field> fields = new ArrayList<>();
        for (int i = 0; i < info.columns().size(); i++) {
            ColumnProfile column = info.columns().get(i);
            if (wanted.remove(column.name()) || names.isEmpty()) {
                fields.add(RowWriter.Field.of(i, column, reading.reader(column.name())));
            }
        }
        Violations violations = new Violations();
        wanted.forEach(name -> violations.add("?columns", "The dataset has no column \"%.80s\"".formatted(name)));
        violations.throwIfAny();
        return fields;
    }

    /**
     * Reads columns of a dataset into memory.
     *
     * @param columns their names; those the dataset does not have are left out
     * @param asWritten those whose numbers become levels, each as it is written, unless all are written as they would be
     *     printed
     * @param cancellationCheck called before each row; may throw to stop
     * @throws ProblemException 404 for an unknown id
     */
    public Table read(String id, Collection<String> columns, Set<String> asWritten, Runnable cancellationCheck) {
        return read(id, columns, asWritten, null, cancellationCheck);
    }

    /**
     * The same with numbers outside the heap, in memory that the system may write to disk.
     *
     * @throws ProblemException 404 for an unknown id, 507 if the disk is too full
     */
    public Table readToDisk(String id, Collection<String> columns, Set<String> asWritten, Runnable cancellationCheck) {
        try (Scratch scratch = spools.scratch()) {
            return read(id, columns, asWritten, scratch::allocate, cancellationCheck);
        } catch (InternalError unwritable) {
            // So the JVM tells of a mapped page that the disk does not take.
            throw new UncheckedIOException(new IOException("A mapped file could not be written", unwritable));
        }
    }

    private Table read(
            String id,
            Collection<String> columns,
            Set<String> asWritten,
            @Nullable CellStorage storage,
            Runnable cancellationCheck) {
        Dataset dataset = find(id);
        times.used(id);
        Set<String> names = new LinkedHashSet<>(columns);
        Map<String, ColumnType> wanted = new LinkedHashMap<>();
        Set<String> levels = new HashSet<>();
        for (ColumnProfile column : info(dataset).columns()) {
            if (names.contains(column.name())) {
                wanted.put(column.name(), column.type());
                if (asWritten.contains(column.name()) && column.spellings() != null) {
                    levels.add(column.name());
                }
            }
        }
        TableReader reader = new TableReader(
                missingValues(dataset),
                wanted,
                levels,
                reading(dataset)::reader,
                Math.toIntExact(dataset.rows()),
                storage,
                cancellationCheck);
        try {
            read(dataset, reader, threads);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return reader.table();
    }

    /**
     * How its cells are read.
     *
     * @throws ProblemException 404 for an unknown id
     */
    public DatasetReading reading(String id) {
        Dataset dataset = find(id);
        Map<String, ColumnReading> columns = new HashMap<>();
        for (ColumnProfile column : info(dataset).columns()) {
            ColumnReading reading = column.reading();
            if (reading != null && !reading.missingValues().isEmpty()) {
                columns.put(column.name(), reading);
            }
        }
        return new DatasetReading(List.copyOf(missingValues(dataset)), columns, reading(dataset));
    }

    void read(Dataset dataset, RowHandler reader) throws IOException {
        read(dataset, reader, BlockThreads.alone());
    }

    private void read(Dataset dataset, RowHandler reader, BlockThreads helpers) throws IOException {
        try {
            dataset.format()
                    .rows(files.path(dataset.getId()), reading(dataset).layout())
                    .read(reader, helpers);
        } catch (IOException failure) {
            throw gone(dataset.getId(), failure);
        }
    }

    ReadingRules reading(Dataset dataset) {
        Dataset.Layout layout = dataset.layout();
        return layout.reading() == null
                ? ReadingRules.of(layout.delimiter().charAt(0), layout.header())
                : json.readValue(layout.reading(), ReadingRules.class);
    }

    Set<String> missingValues(Dataset dataset) {
        return json.readValue(dataset.missingValues(), new TypeReference<Set<String>>() {});
    }

    Dataset find(Principal principal, String id) {
        return read(id).filter(dataset -> principal.sees(dataset.owner(), dataset.visibility()))
                .orElseThrow(() -> ProblemException.notFound("dataset", id));
    }

    private Dataset find(String id) {
        return read(id).orElseThrow(() -> ProblemException.notFound("dataset", id));
    }

    private Optional<Dataset> read(String id) {
        Optional<DatasetRepository.Size> size = repository.findSize(id);
        size.ifPresent(found -> reserve(found.profileLength()));
        return size.flatMap(found -> repository.findById(id));
    }

    DatasetInfo info(Dataset dataset) {
        DatasetProfile profile = json.readValue(dataset.profile(), DatasetProfile.class);
        return info(dataset, profile.columns().size(), profile.columns(), profile.warnings(), false);
    }

    private static DatasetInfo info(
            Dataset dataset, int columnCount, List<ColumnProfile> columns, List<String> warnings, boolean isSummary) {
        return new DatasetInfo(
                dataset.getId(),
                "dataset",
                dataset.name(),
                dataset.owner(),
                dataset.visibility(),
                dataset.description(),
                dataset.createdAt(),
                dataset.format(),
                dataset.bytes(),
                dataset.rows(),
                dataset.sha256(),
                columnCount,
                columns,
                warnings,
                isSummary);
    }
}
