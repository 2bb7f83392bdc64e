package dev.descent.job.history;

import java.io.Serializable;

/** The key of an epoch: its job, and its number, from 1. */
record EpochId(String jobId, int epoch) implements Serializable {}
