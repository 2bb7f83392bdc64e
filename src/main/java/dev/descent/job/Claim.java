package dev.descent.job;

/**
 * A worker's right to a job.
 *
 * @param attempt which write counts: once another worker has claimed the job, this one's writes are refused
 */
record Claim(String jobId, int attempt, Specification specification) {}
