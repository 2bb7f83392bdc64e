package dev.descent.job.lifecycle;

import dev.descent.core.Name;
import jakarta.persistence.EnumeratedValue;
import java.util.Map;
import java.util.Set;

/** The states of a training job, and the only transitions between them. */
public enum JobStatus {
    @Name("queued")
    QUEUED("QUEUED"),
    @Name("running")
    RUNNING("RUNNING"),
    /** Pause requested, but a worker still has it. */
    @Name("pausing")
    PAUSING("PAUSING"),
    @Name("paused")
    PAUSED("PAUSED"),
    /** Cancellation requested, but a worker still has it. */
    @Name("cancelling")
    CANCELLING("CANCELLING"),
    @Name("succeeded")
    SUCCEEDED("SUCCEEDED"),
    @Name("failed")
    FAILED("FAILED"),
    @Name("cancelled")
    CANCELLED("CANCELLED");

    /** The value in the database. */
    @EnumeratedValue
    @SuppressWarnings("unused") // Hibernate reads it.
    private final String stored;

    JobStatus(String stored) {
        this.stored = stored;
    }

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
    public static final Set<JobStatus> CLAIMED = Set.of(RUNNING, PAUSING, CANCELLING);

    public boolean canBecome(JobStatus next) {
        return TRANSITIONS.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether no state can follow. */
    public boolean isTerminal() {
        return TRANSITIONS.getOrDefault(this, Set.of()).isEmpty();
    }
}
