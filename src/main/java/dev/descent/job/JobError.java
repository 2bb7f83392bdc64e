package dev.descent.job;

import org.jspecify.annotations.Nullable;

/**
 * Why a job failed.
 *
 * @param code stable, for programs
 * @param message for people
 * @param pointer to the part of the specification at fault, where one is known
 */
record JobError(String code, String message, @Nullable String pointer) {}
