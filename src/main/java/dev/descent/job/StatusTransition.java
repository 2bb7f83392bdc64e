package dev.descent.job;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One step of a job's life. */
@Embeddable
public record StatusTransition(
        @Enumerated(EnumType.STRING) JobStatus status,
        Instant at,
        @Nullable String message) {}
