package dev.descent.job.worker;

import dev.descent.dataset.Datasets;
import dev.descent.job.JobQueue;
import dev.descent.job.StoredSpecifications;
import dev.descent.job.TrainingJob;
import dev.descent.job.TrainingJobRepository;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.lifecycle.StopReason;
import dev.descent.job.resource.JobProperties;
import dev.descent.job.resource.Resources;
import dev.descent.job.specification.Specification;
import dev.descent.problem.Outage;
import dev.descent.request.StoredJson;
import dev.descent.store.DiskSpace;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Assigns queued jobs to this process. */
@Service
class Claims {

    private static final Logger log = LoggerFactory.getLogger(Claims.class);

    private final TrainingJobRepository jobs;
    private final JobQueue queue;
    private final Datasets datasets;
    private final Machine machine;
    private final StoredSpecifications specifications;
    private final StoredJson json;
    private final JobProperties properties;
    private final DiskSpace disk;
    private final Clock clock;

    Claims(
            TrainingJobRepository jobs,
            JobQueue queue,
            Datasets datasets,
            Machine machine,
            StoredSpecifications specifications,
            StoredJson json,
            JobProperties properties,
            DiskSpace disk,
            Clock clock) {
        this.jobs = jobs;
        this.queue = queue;
        this.datasets = datasets;
        this.machine = machine;
        this.specifications = specifications;
        this.json = json;
        this.properties = properties;
        this.disk = disk;
        this.clock = clock;
    }

    /**
     * Claims the next job, unless it has to wait for memory in this process. Jobs behind it wait too: small jobs that
     * always fit must not starve a large one.
     *
     * @param free the resources not taken by running jobs of this process
     */
    @Transactional
    public Optional<Claim> claim(Resources free) {
        if (!disk.hasSome()) {
            // It would fail through no fault of its own, and so would the next one.
            return Optional.empty();
        }
        long number = queue.lock();
        Instant now = clock.instant();
        return queue.next(now, properties.runningPerOwner(), properties.resources())
                .filter(job -> free.holds(job.memoryBytes(), job.heapBytes()))
                .flatMap(candidate -> jobs.findAndLock(candidate.id()))
                // A client may have cancelled it in the meantime.
                .filter(job -> job.status() == JobStatus.QUEUED)
                .flatMap(job -> start(job, number, now));
    }

    /** A job that this version cannot read, or whose dataset is gone, must not block others. */
    private Optional<Claim> start(TrainingJob job, long number, Instant now) {
        Specification specification;
        String sha256;
        try {
            specification = specifications.of(job);
            sha256 = datasets.get(job.datasetId()).sha256();
        } catch (RuntimeException unreadable) {
            if (Outage.isOfStore(unreadable)) {
                throw unreadable;
            }
            log.error("Job {} failed", job.getId(), unreadable);
            job.fail(StopReason.ERROR, "unreadable_specification", String.valueOf(unreadable.getMessage()), now);
            jobs.save(job);
            return Optional.empty();
        }
        queue.served(job.owner(), number);
        job.start(machine.worker(), properties.threadsOfAJob(), now.plus(properties.lease()), now);
        int threads = Objects.requireNonNull(job.threads());
        job.runsOn(json.write(
                machine.provenance(sha256, specification.hyperparameters().seed(), threads)));
        jobs.save(job);
        return Optional.of(new Claim(
                job.getId(),
                job.attempts().number(),
                specification,
                threads,
                job.footprint().memoryBytes(),
                job.footprint().heapBytes()));
    }

    /** The number of queued jobs. */
    @Transactional(readOnly = true)
    public int queued() {
        return queue.length();
    }
}
