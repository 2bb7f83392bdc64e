package dev.descent.job;

import dev.descent.job.lifecycle.JobError;
import dev.descent.job.lifecycle.StopReason;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a job ended. */
@Embeddable
record Outcome(
        @Column(name = "stop_reason") @Enumerated(EnumType.STRING)
        StopReason reason,

        @Column(name = "finished_at") Instant finishedAt,
        @Column(name = "error_code") @Nullable String errorCode,
        @Column(name = "error_message") @Nullable String errorMessage,
        @Column(name = "error_pointer") @Nullable String errorPointer,
        @Column(name = "model_version") @Nullable Integer modelVersion,
        @Column(name = "weights_sha256") @Nullable String weightsSha256) {

    static Outcome cancelled(Instant at) {
        return new Outcome(StopReason.CANCELLED, at, null, null, null, null, null);
    }

    static Outcome succeeded(StopReason reason, Instant at, int modelVersion, String weightsSha256) {
        return new Outcome(reason, at, null, null, null, modelVersion, weightsSha256);
    }

    static Outcome failed(StopReason reason, Instant at, JobError error) {
        return new Outcome(reason, at, error.code(), error.message(), error.pointer(), null, null);
    }

    @Nullable
    JobError error() {
        return errorCode == null ? null : new JobError(errorCode, String.valueOf(errorMessage), errorPointer);
    }
}
