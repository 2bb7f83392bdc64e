package dev.descent.job.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Published whenever a job has changed state or a client has changed it.
 *
 * @param status the new state
 * @param move the number of its latest transition, from 1
 * @param priority in the queue
 * @param notBefore the earliest time it may run, if it has to wait
 */
public record JobChanged(
        String jobId,
        JobStatus status,
        int move,
        int priority,
        @Nullable Instant notBefore) {}
