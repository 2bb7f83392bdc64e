package dev.descent.job.feed;

import dev.descent.job.lifecycle.JobStatus;

/**
 * The current state of a job.
 *
 * @param tag differs between any two states of the job
 */
public record Standing(JobStatus status, String tag) {}
