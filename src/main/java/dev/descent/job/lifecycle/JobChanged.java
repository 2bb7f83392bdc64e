package dev.descent.job.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Told whenever a job has moved to another state, or a client has changed it.
 *
 * @param status where it stands now
 * @param move the number of its newest move, from 1
 * @param priority in the queue
 * @param notBefore when it may run, where it has to wait
 */
public record JobChanged(
        String jobId,
        JobStatus status,
        int move,
        int priority,
        @Nullable Instant notBefore) {}
