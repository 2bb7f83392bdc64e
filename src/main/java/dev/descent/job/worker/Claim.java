package dev.descent.job.worker;

import dev.descent.job.specification.Specification;

/**
 * A worker's right to a job.
 *
 * @param attempt the fencing token: once another worker has claimed the job, this worker's writes are rejected
 * @param threads the number of computing threads
 * @param memoryBytes that the job takes, on and off the heap
 * @param heapBytes the part on the heap
 */
public record Claim(
        String jobId, int attempt, Specification specification, int threads, long memoryBytes, long heapBytes) {}
