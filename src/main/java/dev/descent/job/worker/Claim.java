package dev.descent.job.worker;

import dev.descent.job.specification.Specification;

/**
 * A worker's right to a job.
 *
 * @param attempt which write counts: once another worker has claimed the job, this one's writes are refused
 * @param threads that compute
 * @param memoryBytes that the job takes, outside the heap and on it
 * @param heapBytes the part of it on the heap
 */
public record Claim(
        String jobId, int attempt, Specification specification, int threads, long memoryBytes, long heapBytes) {}
