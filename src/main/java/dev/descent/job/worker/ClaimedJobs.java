package dev.descent.job.worker;

import dev.descent.job.TrainingJob;
import dev.descent.job.TrainingJobRepository;
import dev.descent.job.lifecycle.JobStatus;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Jobs as the workers that claimed them see them. Every write locks the job's row, and is refused once the claim is
 * stale; so whatever happens to a worker, each job's history has one author at a time.
 */
@Component
class ClaimedJobs {

    private final TrainingJobRepository jobs;

    ClaimedJobs(TrainingJobRepository jobs) {
        this.jobs = jobs;
    }

    /**
     * The job of a claim, locked until the end of the caller's transaction.
     *
     * @throws StaleClaimException where it is another's by now, or gone
     */
    TrainingJob lock(Claim claim) {
        return jobs.findAndLock(claim.jobId())
                .filter(job -> job.attempts().number() == claim.attempt() && JobStatus.CLAIMED.contains(job.status()))
                .orElseThrow(() -> new StaleClaimException(claim));
    }

    /** The same without a lock: nothing large is written for a claim that is stale by now. */
    void requireToHold(Claim claim) {
        boolean holds = jobs.findStandings(List.of(claim.jobId())).stream()
                .anyMatch(job -> job.attempt() == claim.attempt() && JobStatus.CLAIMED.contains(job.status()));
        if (!holds) {
            throw new StaleClaimException(claim);
        }
    }

    /** Stores a job that has moved to another state, and tells who listens. */
    void moved(TrainingJob job) {
        jobs.save(job);
    }
}
