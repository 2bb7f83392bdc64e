package dev.descent.job.history;

import java.io.Serializable;

/** The key of an epoch: its job, and its number there, from 1 through all fits. */
record EpochId(String jobId, int epoch) implements Serializable {}
