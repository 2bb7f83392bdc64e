package dev.descent.job;

import java.util.Map;
import java.util.Set;

/** The states of a training job, and the only ways from one to another. */
public enum JobStatus {
    QUEUED,
    RUNNING,
    /** Asked to stop; a worker still has it. */
    CANCELLING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    private static final Map<JobStatus, Set<JobStatus>> TRANSITIONS = Map.of(
            QUEUED, Set.of(RUNNING, CANCELLED, FAILED),
            RUNNING, Set.of(SUCCEEDED, FAILED, CANCELLING, QUEUED),
            CANCELLING, Set.of(CANCELLED, FAILED),
            SUCCEEDED, Set.of(),
            FAILED, Set.of(),
            CANCELLED, Set.of());

    boolean canBecome(JobStatus next) {
        return TRANSITIONS.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether nothing can come after this state. */
    public boolean isTerminal() {
        return TRANSITIONS.getOrDefault(this, Set.of()).isEmpty();
    }
}
