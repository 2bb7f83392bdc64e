package dev.descent.job;

/** Why a job ended. */
public enum StopReason {
    /** All epochs were done. */
    COMPLETED,
    /** The loss did not improve any more. */
    EARLY_STOPPING,
    /** The time that the job was given was up. */
    MAX_RUNTIME,
    /** The loss was no longer a finite number. */
    DIVERGED,
    /** A client asked for it. */
    CANCELLED,
    /** Something went wrong; the job's error says what. */
    ERROR
}
