package dev.descent.job.lifecycle;

import dev.descent.core.Name;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A state transition in a job's life. */
@Embeddable
public record StatusTransition(
        @Name("status") @Column(name = "status") @Enumerated(EnumType.STRING)
        JobStatus status,

        @Name("at") @Column(name = "at") Instant at,
        @Name("message") @Column(name = "message") @Nullable String message) {}
