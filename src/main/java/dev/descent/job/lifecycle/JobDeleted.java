package dev.descent.job.lifecycle;

/** Published in the transaction that deletes a job. */
public record JobDeleted(String jobId) {}
