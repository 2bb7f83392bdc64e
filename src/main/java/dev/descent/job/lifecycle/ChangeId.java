package dev.descent.job.lifecycle;

import java.io.Serializable;

/** The key of {@link Change}. */
public record ChangeId(String jobId, int number) implements Serializable {}
