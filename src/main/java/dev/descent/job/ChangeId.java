package dev.descent.job;

import java.io.Serializable;

/** The key of {@link Change}. */
record ChangeId(String jobId, int number) implements Serializable {}
