package dev.descent.job.worker;

import dev.descent.job.TrainingJob;
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
    private final DiskSpace disk;
    private final Clock clock;

    RunOutcomes(ClaimedJobs jobs, ChangeRepository changes, ModelRegistry models, DiskSpace disk, Clock clock) {
        this.jobs = jobs;
        this.changes = changes;
        this.models = models;
        this.disk = disk;
        this.clock = clock;
    }

    /**
     * Weights, evaluation, model version and the end of the job, all at once. A cancellation that came first wins. What
     * another job's end at the same moment can spoil, it spoils once: two first versions of a model can't both make its
     * row, and the second finds it when it tries again.
     *
     * @return whether it has ended; not where a client changed it meanwhile, which training has to take up first
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
            int version = models.publish(result);
            job.succeed(reason, version, result.weightsSha256(), now);
        }
        jobs.moved(job);
        return true;
    }

    /**
     * The worker stops, as a client asked, or since the server stops; then the job waits in the queue.
     *
     * @return what the job has become
     */
    @Transactional
    public JobStatus requeue(Claim claim) {
        TrainingJob job = jobs.lock(claim);
        job.requeue("The server stopped; training goes on at its next start", clock.instant());
        jobs.moved(job);
        return job.status();
    }

    /** The job itself is at fault. A cancellation that came first wins. */
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

    /** What the job needs is at fault: it is tried again, later each time. */
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
