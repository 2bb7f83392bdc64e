package dev.descent.job.lifecycle;

import dev.descent.core.Name;
import jakarta.persistence.EnumeratedValue;

/** Why a job ended. */
public enum StopReason {
    /** All epochs were done. */
    @Name("completed")
    COMPLETED("COMPLETED"),
    /** The loss did not improve any more. */
    @Name("early_stopping")
    EARLY_STOPPING("EARLY_STOPPING"),
    /** The time that the job was given was up. */
    @Name("max_runtime")
    MAX_RUNTIME("MAX_RUNTIME"),
    /** The loss was no longer a finite number. */
    @Name("diverged")
    DIVERGED("DIVERGED"),
    /** A client asked for it. */
    @Name("cancelled")
    CANCELLED("CANCELLED"),
    /** Something went wrong; the job's error says what. */
    @Name("error")
    ERROR("ERROR");

    /** As the database has it. */
    @EnumeratedValue
    @SuppressWarnings("unused") // Hibernate reads it.
    private final String stored;

    StopReason(String stored) {
        this.stored = stored;
    }
}
