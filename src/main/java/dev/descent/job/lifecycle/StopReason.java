package dev.descent.job.lifecycle;

import dev.descent.core.Name;
import jakarta.persistence.EnumeratedValue;

/** Why a job ended. */
public enum StopReason {
    /** All epochs are done. */
    @Name("completed")
    COMPLETED("COMPLETED"),
    /** The loss stopped improving. */
    @Name("early_stopping")
    EARLY_STOPPING("EARLY_STOPPING"),
    /** The job's time limit was reached. */
    @Name("max_runtime")
    MAX_RUNTIME("MAX_RUNTIME"),
    /** The loss was no longer finite. */
    @Name("diverged")
    DIVERGED("DIVERGED"),
    /** A client requested it. */
    @Name("cancelled")
    CANCELLED("CANCELLED"),
    /** Something failed; the job's error says what. */
    @Name("error")
    ERROR("ERROR");

    /** The value in the database. */
    @EnumeratedValue
    @SuppressWarnings("unused") // Hibernate reads it.
    private final String stored;

    StopReason(String stored) {
        this.stored = stored;
    }
}
