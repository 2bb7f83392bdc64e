package dev.descent.dataset;

import dev.descent.core.Count;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.block.BlockThreads;
import dev.descent.dataset.format.DatasetFormat;
import dev.descent.dataset.format.Detected;
import dev.descent.dataset.format.FileLayout;
import dev.descent.dataset.format.ReadingRules;
import dev.descent.dataset.format.RowSource;
import dev.descent.dataset.profile.DatasetProfile;
import dev.descent.dataset.profile.Profiler;
import dev.descent.idempotency.KeyedRequest;
import dev.descent.listing.Ids;
import dev.descent.principal.Principal;
import dev.descent.problem.ProblemException;
import dev.descent.quota.Quotas;
import dev.descent.request.RequestHeap;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Makes datasets of files that have been received. */
@Service
class DatasetUploads {

    private static final Logger log = LoggerFactory.getLogger(DatasetUploads.class);

    /** An upper bound on what profiling takes for each byte of a small file. */
    private static final int HEAP_PER_BYTE = 64;

    private static final long LEAST_FOR_UPLOAD = 1 << 25;

    private final Datasets datasets;
    private final DatasetRepository repository;
    private final DatasetFiles files;
    private final DatasetProperties properties;
    private final Quotas quotas;
    private final DatasetDigests digests;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final RequestHeap heap;
    private final BlockThreads threads;
    private final Clock clock;

    DatasetUploads(
            Datasets datasets,
            DatasetRepository repository,
            DatasetFiles files,
            DatasetProperties properties,
            Quotas quotas,
            DatasetDigests digests,
            TransactionTemplate transaction,
            JsonMapper json,
            RequestHeap heap,
            BlockThreads threads,
            Clock clock) {
        this.datasets = datasets;
        this.repository = repository;
        this.files = files;
        this.properties = properties;
        this.quotas = quotas;
        this.digests = digests;
        this.transaction = transaction;
        this.json = json;
        this.heap = heap;
        this.threads = threads;
        this.clock = clock;
    }

    /**
     * A file that has been received.
     *
     * @param format as its name or media type says; null if neither does
     * @param name used if the options set none
     */
    record Upload(DatasetFiles.Received file, @Nullable DatasetFormat format, String name) {}

    /**
     * The file of a dataset once more.
     *
     * @throws ProblemException 404 for an unknown id, and for one that the principal does not see
     */
    DatasetFiles.Received again(Principal principal, String id) throws IOException {
        Dataset dataset = datasets.find(principal, id);
        try {
            return files.again(id, dataset.bytes(), dataset.sha256());
        } catch (NoSuchFileException gone) {
            // Deleted in the meantime, or else its loss is an error of the server.
            datasets.find(principal, id);
            throw gone;
        }
    }

    /** It is what it was, except that the text between its cells may turn out to be another. */
    Upload uploadAgain(Principal principal, String id, DatasetFiles.Received file) {
        Dataset dataset = datasets.find(principal, id);
        DatasetFormat format = dataset.format() == DatasetFormat.TSV ? DatasetFormat.CSV : dataset.format();
        return new Upload(file, format, dataset.name());
    }

    /**
     * Stores an upload.
     *
     * @param upload whose file still has to be closed by the caller
     * @param optionsPointer the JSON pointer to the options, for error messages
     */
    void create(Principal principal, Upload upload, UploadOptions options, String optionsPointer, KeyedRequest request)
            throws IOException {
        DatasetFiles.Received received = upload.file();
        String declared =
                options.fingerprint().stream().map(json::writeValueAsString).collect(Collectors.joining(" "));
        String content = "%s %s %s".formatted(received.sha256(), upload.name(), declared);
        if (request.isAnswered(content, id -> datasets.get(principal, id))) {
            return;
        }
        Detected detected = DatasetFormat.detect(received.file(), upload.format(), options.layout(), threads);
        UploadLimits limits = properties.upload();
        RowSource rows =
                detected.format().rows(received.file(), detected.layout(), limits.ofRows(properties.maxUploadSize()));
        heap.reserve(rows.heapBytes(), limits.timeLimit());
        ReadingRules reading = new ReadingRules(detected.layout(), options.cells(), options.cellsByColumn());
        DatasetProfile profile = Profiler.profile(new Profiler.Job(
                        rows,
                        missingValues(options, detected.format()),
                        types(options, detected.layout()),
                        reading::reader,
                        optionsPointer,
                        limits.ofProfile(),
                        columns -> reserveForProfile(columns, textBytes(detected.format(), received)),
                        threads))
                .after(detected.warnings())
                .after(rows.warnings());
        store(principal, upload, options, detected.format(), reading, profile, request);
    }

    private static Set<String> missingValues(UploadOptions options, DatasetFormat format) {
        Set<String> missing = new LinkedHashSet<>(options.missingValues());
        if (format.hasNulls()) {
            missing.add("");
        }
        return Set.copyOf(missing);
    }

    /** The names of rows are no input unless somebody says so. */
    private static Map<String, ColumnType> types(UploadOptions options, FileLayout layout) {
        Map<String, ColumnType> types = new LinkedHashMap<>(options.types());
        if (layout.hasRowNames()) {
            types.putIfAbsent(layout.rowNames(), ColumnType.IGNORE);
        }
        return types;
    }

    /** What is no text may hold any number of cells. */
    private static long textBytes(DatasetFormat format, DatasetFiles.Received file) {
        return format.isText() ? file.bytes() : Long.MAX_VALUE / HEAP_PER_BYTE;
    }

    /**
     * No upload takes more than half of what there is for requests, unless that is very little.
     *
     * @return the part for the columns, and for what is known of rows
     */
    private long reserveForProfile(int columns, long bytes) {
        long most = Math.max(heap.bytes() / 2, Math.min(heap.bytes(), LEAST_FOR_UPLOAD));
        long blocks = Profiler.heapOfBlocks(threads);
        long wanted = (long) columns * Profiler.HEAP_PER_COLUMN + Profiler.HEAP_OF_ROWS + blocks;
        long reserved = Math.min(most, Math.min(wanted, HEAP_PER_BYTE * bytes));
        heap.reserve(reserved, properties.upload().timeLimit());
        return Math.max(reserved / 4, reserved - blocks);
    }

    private void store(
            Principal principal,
            Upload upload,
            UploadOptions options,
            DatasetFormat format,
            ReadingRules reading,
            DatasetProfile profile,
            KeyedRequest request)
            throws IOException {
        DatasetFiles.Received received = upload.file();
        String id = Ids.next("ds_");
        FileLayout layout = reading.layout();
        Dataset dataset = new Dataset(
                        id,
                        principal.owner(),
                        options.name() == null ? upload.name() : options.name(),
                        options.description(),
                        Instant.now(clock).truncatedTo(ChronoUnit.MICROS),
                        format,
                        new Dataset.Layout(layout.delimiter(), layout.header(), json.writeValueAsString(reading)),
                        json.writeValueAsString(missingValues(options, format)),
                        received.bytes(),
                        received.sha256(),
                        profile.rows(),
                        json.writeValueAsString(profile))
                .asNew();
        files.keep(received, id);
        try {
            transaction.executeWithoutResult(status -> {
                quotas.requireStorage(principal, received.bytes());
                repository.save(dataset);
                digests.remember(id, dataset.sha256());
                request.made(id, datasets.info(dataset));
            });
        } catch (ProblemException refused) {
            // After any other failure it is unknown whether the row exists: the sweep checks, and removes a file
            // without one.
            files.delete(id);
            throw refused;
        }
        log.info(
                "Stored dataset {} \"{}\": {}, {} bytes",
                id,
                dataset.name(),
                Count.of(dataset.rows(), "row"),
                dataset.bytes());
    }
}
