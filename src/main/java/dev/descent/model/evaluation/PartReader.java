package dev.descent.model.evaluation;

import dev.descent.core.Names;
import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Table;
import dev.descent.core.train.evaluate.PredictedPart;
import dev.descent.core.train.examples.PreparedData;
import dev.descent.dataset.DatasetInfo;
import dev.descent.dataset.Datasets;
import dev.descent.job.TrainingJobs;
import dev.descent.job.resource.Bytes;
import dev.descent.job.resource.JobProperties;
import dev.descent.job.resource.TableHeap;
import dev.descent.job.specification.PreparedTraining;
import dev.descent.job.specification.Specification;
import dev.descent.model.JobModels;
import dev.descent.model.LoadedModel;
import dev.descent.model.LoadedModels;
import dev.descent.principal.Principal;
import dev.descent.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Reads a part of a job's dataset again and predicts its rows with the job's model. The split follows from the
 * specification and the data alone, so the part has the same rows as in training; no other row is predicted.
 */
@Component
class PartReader {

    /** For each row: its truth and its place, as they are and sorted by something; measured with a margin. */
    private static final long HEAP_PER_ROW = 160;

    /** The predictions of the model and of both baselines, and the curve of each in order. */
    private static final long HEAP_PER_OUTPUT = 96;

    private final TrainingJobs jobs;
    private final JobModels made;
    private final LoadedModels models;
    private final Datasets datasets;
    private final TableHeap heap;
    private final EvaluationProperties properties;
    private final LongSupplier nanoseconds;

    @Autowired
    PartReader(
            TrainingJobs jobs,
            JobModels made,
            LoadedModels models,
            Datasets datasets,
            TableHeap heap,
            EvaluationProperties properties) {
        this.jobs = jobs;
        this.made = made;
        this.models = models;
        this.datasets = datasets;
        this.heap = heap;
        this.properties = properties;
        this.nanoseconds = System::nanoTime;
    }

    /** What is read, while it is in memory. */
    record Reading(EvaluatedPart part, PreparedData data, Runnable deadline) {

        Table table() {
            return data.table();
        }
    }

    /**
     * Reads a part and uses it while its memory is reserved.
     *
     * @throws ProblemException 404 for an unknown job; 409 if it has not succeeded, or if its model or dataset was
     *     deleted; 422 if its split has no such part, or if it is too large; 503 if it takes too long
     */
    <T> T read(Principal principal, String jobId, Part part, Function<Reading, T> use) {
        return read(principal, jobId, part, null, use);
    }

    /**
     * The same where another column is read, too.
     *
     * @param by its name; null for none
     * @throws ProblemException 422 as well for a column that the dataset does not have
     */
    <T> T read(Principal principal, String jobId, Part part, @Nullable String by, Function<Reading, T> use) {
        Specification specification = jobs.succeeded(principal, jobId);
        JobModels.JobModel version = made.of(jobId)
                .orElseThrow(() -> ProblemException.conflict(
                        "The model version that job %s made was deleted; there is nothing left to evaluate"
                                .formatted(jobId)));
        requirePart(jobId, part, version);
        if (!datasets.exists(specification.dataset())) {
            throw ProblemException.conflict(
                    "Dataset %s, on which job %s was trained, was deleted; without its rows nothing can be evaluated"
                            .formatted(specification.dataset(), jobId));
        }
        DatasetInfo dataset = datasets.get(specification.dataset());
        long column = by == null ? 0 : bytes(dataset, by);
        LoadedModel model = models.get(version.id().modelId(), version.id().version());
        return heap.use(
                column + bytes(specification, dataset, model, column),
                () -> read(jobId, specification, model, part, use));
    }

    private static void requirePart(String jobId, Part part, JobModels.JobModel version) {
        List<Part> accepted = new ArrayList<>(List.of(Part.TRAIN));
        if (version.hasValidation()) {
            accepted.add(Part.VALIDATION);
        }
        if (version.hasTest()) {
            accepted.add(Part.TEST);
        }
        if (!accepted.contains(part)) {
            throw ProblemException.invalid(
                    "?split",
                    "split is \"%s\", but the split of job %s has no such part; accepted: %s"
                            .formatted(
                                    Names.of(part),
                                    jobId,
                                    accepted.stream().map(Names::of).collect(Collectors.joining(", "))));
        }
    }

    private static long bytes(DatasetInfo dataset, String by) {
        boolean isThere = dataset.column(by)
                .filter(column -> column.type() != ColumnType.IGNORE)
                .isPresent();
        if (!isThere) {
            throw ProblemException.invalid(
                    "?by", "by is \"%.80s\"; accepted: a column of the dataset that is not ignored".formatted(by));
        }
        return dataset.heapBytes(Set.of(by), true);
    }

    /** @param more that is needed besides */
    private static long bytes(Specification specification, DatasetInfo dataset, LoadedModel model, long more) {
        int outputs = Math.max(1, model.model().target().outputs());
        double needed = PreparedTraining.heapToPrepare(specification, dataset)
                + (double) dataset.rows() * (HEAP_PER_ROW + (double) HEAP_PER_OUTPUT * outputs);
        long available = JobProperties.heapOfTables() - more;
        if (needed > available) {
            throw ProblemException.invalid(
                    "?split",
                    "To evaluate %d rows with %d outputs takes up to %s of heap; accepted: up to %s, a quarter of this server's heap (-Xmx)"
                            .formatted(dataset.rows(), outputs, Bytes.format((long) needed), Bytes.format(available)));
        }
        return (long) needed;
    }

    private <T> T read(
            String jobId, Specification specification, LoadedModel model, Part part, Function<Reading, T> use) {
        Runnable deadline = deadline(jobId);
        Table table = specification.read(datasets, deadline);
        // The last fit of a cross-validation, which made the model, is on all rows.
        int fit = specification.split().fits() - 1;
        PreparedData data =
                PreparedTraining.of(specification, table, fit, deadline).data();
        PredictedPart predicted =
                PredictedPart.of(model.predictor(), table, specification.targets(), part.rows(data.split()), deadline);
        EvaluatedPart evaluated = new EvaluatedPart(jobId, specification, model, part, predicted);
        return use.apply(new Reading(evaluated, data, deadline));
    }

    /** A column of the same rows, whether the model reads it or not. */
    Column column(Reading read, String name) {
        return read.table()
                .column(name)
                .orElseGet(() -> datasets.read(
                                read.part().specification().dataset(), List.of(name), Set.of(), read.deadline())
                        .column(name)
                        .orElseThrow());
    }

    private Runnable deadline(String jobId) {
        long start = nanoseconds.getAsLong();
        return () -> {
            if (nanoseconds.getAsLong() - start >= properties.limit().toNanos()) {
                throw ProblemException.unavailable(
                        "The evaluation of job %s takes longer than %s s (descent.evaluation.limit)"
                                .formatted(jobId, properties.limit().toMillis() / 1e3));
            }
        };
    }
}
