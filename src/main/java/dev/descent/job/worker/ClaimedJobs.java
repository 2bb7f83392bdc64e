package dev.descent.job.worker;

import dev.descent.job.TrainingJob;
import dev.descent.job.TrainingJobRepository;
import dev.descent.job.lifecycle.JobStatus;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Access to jobs by the workers that claimed them. Every write locks the job's row and is rejected if the claim is
 * stale, so whatever happens to a worker, each job's history has a single writer at any time.
 */
@Component
class ClaimedJobs {

    private final TrainingJobRepository jobs;

    ClaimedJobs(TrainingJobRepository jobs) {
        this.jobs = jobs;
    }

    /**
     * The job of a claim, locked until the caller's transaction ends.
     *
     * @throws StaleClaimException if another worker has claimed it or it no longer exists
     */
    TrainingJob lock(Claim claim) {
        return jobs.findAndLock(claim.jobId())
                .filter(job -> job.attempts().number() == claim.attempt() && JobStatus.CLAIMED.contains(job.status()))
                .orElseThrow(() -> new StaleClaimException(claim));
    }

    /** The same check without a lock, so that nothing large is written for a stale claim. */
    void requireToHold(Claim claim) {
        boolean holds = jobs.findStandings(List.of(claim.jobId())).stream()
                .anyMatch(job -> job.attempt() == claim.attempt() && JobStatus.CLAIMED.contains(job.status()));
        if (!holds) {
            throw new StaleClaimException(claim);
        }
    }

    /** Stores a job whose state has changed, which publishes its events. */
    void moved(TrainingJob job) {
        jobs.save(job);
    }
}
