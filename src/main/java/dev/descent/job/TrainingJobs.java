package dev.descent.job;

import dev.descent.core.train.FitDiagnosis;
import dev.descent.core.train.LossHistory;
import dev.descent.dataset.Datasets;
import dev.descent.listing.Cursor;
import dev.descent.listing.Ids;
import dev.descent.listing.Listing;
import dev.descent.problem.ProblemException;
import jakarta.persistence.criteria.JoinType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.PredicateSpecification;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The clients' side of training jobs. */
@Service
class TrainingJobs {

    private static final Logger log = LoggerFactory.getLogger(TrainingJobs.class);

    private final TrainingJobRepository jobs;
    private final EpochRepository epochs;
    private final Datasets datasets;
    private final TrainingWorkers workers;
    private final JobJson json;
    private final Clock clock;

    TrainingJobs(
            TrainingJobRepository jobs,
            EpochRepository epochs,
            Datasets datasets,
            TrainingWorkers workers,
            JobJson json,
            Clock clock) {
        this.jobs = jobs;
        this.epochs = epochs;
        this.datasets = datasets;
        this.workers = workers;
        this.json = json;
        this.clock = clock;
    }

    /** Stores a job; once this returns, it will be carried out whatever dies meanwhile. */
    @Transactional
    public TrainingJobView create(ResolvedTraining training) {
        Specification specification = training.specification();
        datasets.lockForUse(specification.dataset());
        TrainingJob job = jobs.save(TrainingJob.queued(
                Ids.next("job_"),
                specification,
                json.write(specification),
                json.write(training.warnings()),
                training.wiring().parameterCount(),
                specification
                        .hyperparameters()
                        .totalEpochs(training.data().split().train().length),
                now()));
        afterCommit(workers::wake);
        log.info("Job {} \"{}\" queued", job.getId(), job.name());
        return view(job);
    }

    private static void afterCommit(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }

    @Transactional(readOnly = true)
    public TrainingJobView get(String id) {
        return view(find(id));
    }

    /** @param metadata pairs that a job must have, all of them */
    @Transactional(readOnly = true)
    public Listing<TrainingJobView> list(Cursor cursor, @Nullable JobStatus status, Map<String, String> metadata) {
        List<PredicateSpecification<TrainingJob>> filters = new ArrayList<>();
        filters.add((job, criteria) -> criteria.lessThan(job.get("id"), cursor.before()));
        if (status != null) {
            filters.add((job, criteria) -> criteria.equal(job.get("status"), status));
        }
        metadata.forEach((name, value) -> filters.add((job, criteria) -> {
            var pair = job.<TrainingJob, String, String>joinMap("metadata", JoinType.INNER);
            return criteria.and(criteria.equal(pair.key(), name), criteria.equal(pair.value(), value));
        }));
        List<TrainingJob> found = jobs.findBy(
                PredicateSpecification.allOf(filters),
                query -> query.sortBy(Sort.by("id").descending())
                        .limit(cursor.limit() + 1)
                        .all());
        return Listing.of(found, cursor, this::view);
    }

    /** @throws ProblemException 409 for a job that has ended otherwise; a second cancel changes nothing */
    @Transactional
    public TrainingJobView cancel(String id) {
        TrainingJob job = jobs.findAndLock(id).orElseThrow(() -> ProblemException.notFound("training job", id));
        boolean alreadyCancelled = job.status() == JobStatus.CANCELLING || job.status() == JobStatus.CANCELLED;
        if (!alreadyCancelled) {
            if (job.status().isTerminal()) {
                throw ProblemException.conflict("Job %s has %s already; only a job that has not ended can be cancelled"
                        .formatted(id, job.status().name().toLowerCase(java.util.Locale.ROOT)));
            }
            job.cancel(now());
            log.info("Job {} is to be cancelled", id);
        }
        return view(job);
    }

    @Transactional
    public void delete(String id) {
        TrainingJob job = jobs.findAndLock(id).orElseThrow(() -> ProblemException.notFound("training job", id));
        if (!job.status().isTerminal()) {
            throw ProblemException.conflict("Job %s has not ended; cancel it first".formatted(id));
        }
        epochs.deleteAfter(id, 0);
        jobs.delete(job);
        log.info("Deleted job {}", id);
    }

    @Transactional(readOnly = true)
    public List<MetricPoint> history(String id) {
        find(id);
        return epochs.findByJobIdOrderByEpoch(id).stream().map(Epoch::point).toList();
    }

    /** How well the network fits, as far as it is trained. */
    @Transactional(readOnly = true)
    public Diagnosis diagnosis(String id) {
        TrainingJob job = find(id);
        List<MetricPoint> history = history(id);
        Double baseline = job.baselineLoss();
        FitDiagnosis diagnosis = FitDiagnosis.of(new LossHistory(
                history.stream().map(MetricPoint::trainLoss).toList(),
                history.stream()
                        .map(MetricPoint::validationLoss)
                        .filter(Objects::nonNull)
                        .toList(),
                baseline == null ? Double.NaN : baseline,
                job.status().isTerminal(),
                job.stopReason() == StopReason.DIVERGED));
        return new Diagnosis(
                "training.diagnosis",
                diagnosis.verdict(),
                diagnosis.confidence(),
                diagnosis.evidence(),
                Suggestions.of(diagnosis, json.specification(job.specification())));
    }

    private TrainingJob find(String id) {
        return jobs.findById(id).orElseThrow(() -> ProblemException.notFound("training job", id));
    }

    private TrainingJobView view(TrainingJob job) {
        return TrainingJobView.of(job, json, now());
    }

    private Instant now() {
        return Instant.now(clock).truncatedTo(ChronoUnit.MICROS);
    }
}
