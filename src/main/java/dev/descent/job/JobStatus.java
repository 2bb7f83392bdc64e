package dev.descent.job;

import java.util.Map;
import java.util.Set;

/** The states of a training job, and the only ways from one to another. */
public enum JobStatus {
    QUEUED,
    RUNNING,
    /** Asked to pause; a worker still has it. */
    PAUSING,
    PAUSED,
    /** Asked to stop; a worker still has it. */
    CANCELLING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    private static final Map<JobStatus, Set<JobStatus>> TRANSITIONS = Map.of(
            QUEUED, Set.of(RUNNING, PAUSED, CANCELLED, FAILED),
            RUNNING, Set.of(SUCCEEDED, FAILED, PAUSING, CANCELLING, QUEUED),
            PAUSING, Set.of(PAUSED, CANCELLING, SUCCEEDED, FAILED),
            PAUSED, Set.of(QUEUED, CANCELLED),
            CANCELLING, Set.of(CANCELLED, FAILED),
            SUCCEEDED, Set.of(),
            FAILED, Set.of(),
            CANCELLED, Set.of());

    /** The states in which a worker has the job. */
    static final Set<JobStatus> CLAIMED = Set.of(RUNNING, PAUSING, CANCELLING);

    boolean canBecome(JobStatus next) {
        return TRANSITIONS.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether nothing can come after this state. */
    public boolean isTerminal() {
        return TRANSITIONS.getOrDefault(this, Set.of()).isEmpty();
    }
}
