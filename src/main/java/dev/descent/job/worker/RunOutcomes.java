package dev.descent.job.worker;

import dev.descent.job.TrainingJob;
import dev.descent.job.fold.FoldStore;
import dev.descent.job.lifecycle.ChangeRepository;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.lifecycle.StopReason;
import dev.descent.store.DiskSpace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Records how attempts end. */
@Service
class RunOutcomes {

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    private final ClaimedJobs jobs;
    private final ChangeRepository changes;
    private final ModelRegistry models;
    private final FoldStore folds;
    private final DiskSpace disk;
    private final Clock clock;

    RunOutcomes(
            ClaimedJobs jobs,
            ChangeRepository changes,
            ModelRegistry models,
            FoldStore folds,
            DiskSpace disk,
            Clock clock) {
        this.jobs = jobs;
        this.changes = changes;
        this.models = models;
        this.folds = folds;
        this.disk = disk;
        this.clock = clock;
    }

    /**
     * Stores weights, evaluation, model version and the end of the job atomically. An earlier cancellation wins. A
     * conflict with another job that ends at the same time occurs only once: two first versions of a model cannot both
     * insert its row, and the retry finds it.
     *
     * @return whether the attempt has ended; false if a client has changed the job and training must apply that first
     */
    @Retryable(includes = {DataIntegrityViolationException.class, ConcurrencyFailureException.class})
    @Transactional
    public boolean succeed(Claim claim, StopReason reason, TrainedResult result) {
        TrainingJob job = jobs.lock(claim);
        Instant now = clock.instant();
        if (job.status() == JobStatus.CANCELLING) {
            job.finishCancel(now);
        } else if (changes.existsByJobIdAndStepIsNull(claim.jobId())) {
            return false;
        } else {
            disk.promiseToTransaction(result.weights().length);
            int version = models.publish(job.owner(), result);
            folds.forgetModels(claim.jobId());
            job.succeed(reason, version, result.weightsSha256(), now);
        }
        jobs.moved(job);
        return true;
    }

    /**
     * The worker stops, on a client's request or because the server shuts down; in the latter case the job is requeued.
     *
     * @return the new state of the job
     */
    @Transactional
    public JobStatus requeue(Claim claim) {
        TrainingJob job = jobs.lock(claim);
        job.requeue("The server stopped; training goes on at its next start", clock.instant());
        jobs.moved(job);
        return job.status();
    }

    /** The job itself is at fault. An earlier cancellation wins. */
    @Transactional
    public void fail(Claim claim, StopReason reason, String code, String message, @Nullable String pointer) {
        TrainingJob job = jobs.lock(claim);
        if (job.status() == JobStatus.CANCELLING) {
            job.finishCancel(clock.instant());
        } else {
            job.fail(reason, code, message, pointer, clock.instant());
        }
        jobs.moved(job);
    }

    /** Something that the job needs is at fault: it is retried, with increasing delays. */
    @Transactional
    public void retry(Claim claim, String reason) {
        TrainingJob job = jobs.lock(claim);
        Instant now = clock.instant();
        Duration pause =
                FIRST_RETRY.multipliedBy(1L << (2 * Math.max(0, job.attempts().withoutProgress() - 1)));
        job.interrupt(reason, now.plus(pause), now);
        jobs.moved(job);
    }
}
