package dev.descent.job.lifecycle;

import dev.descent.core.Name;
import org.jspecify.annotations.Nullable;

/**
 * Why a job failed.
 *
 * @param code stable, for programs
 * @param message for people
 * @param pointer to the offending part of the specification, if known
 */
public record JobError(
        @Name("code") String code,
        @Name("message") String message,
        @Name("pointer") @Nullable String pointer) {}
