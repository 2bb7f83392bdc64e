package dev.descent.model.evaluation;

import dev.descent.core.train.evaluate.PredictedPart;
import dev.descent.job.specification.Specification;
import dev.descent.model.LoadedModel;

/** A part of a job's dataset, and what the job's model predicts for it. */
record EvaluatedPart(
        String jobId, Specification specification, LoadedModel model, Part part, PredictedPart predicted) {}
