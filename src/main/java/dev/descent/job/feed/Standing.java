package dev.descent.job.feed;

import dev.descent.job.lifecycle.JobStatus;

/**
 * Where a job stands.
 *
 * @param tag tells this state of the job from another
 */
public record Standing(JobStatus status, String tag) {}
