package dev.descent.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A training job as clients see it. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record TrainingJobView(
        String id,
        String object,
        String name,
        JobStatus status,
        boolean terminal,
        @Nullable StopReason stopReason,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant estimatedFinishAt,
        Progress progress,
        String dataset,
        JsonNode specification,
        List<String> warnings,
        long parameterCount,
        @Nullable JsonNode latest,
        @Nullable Best best,
        @Nullable ModelReference model,
        @Nullable JobError error,
        Map<String, String> metadata,
        int attempt,
        @Nullable JsonNode provenance,
        @Nullable String weightsSha256,
        List<StatusTransition> statusTransitions) {

    /** @param fraction of the epochs, from 0 to 1 */
    record Progress(double fraction, int epoch, int epochs, long step) {}

    /**
     * The epoch whose weights are the result.
     *
     * @param validationLoss absent where there is no validation part; then the training loss has decided
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Best(
            int epoch,
            @Nullable Double validationLoss,
            @Nullable Double trainLoss) {}

    /** The model version that a job made. */
    record ModelReference(String name, int version) {}

    static TrainingJobView of(TrainingJob job, JobJson json, Instant now) {
        double fraction = (double) job.epoch() / job.epochs();
        JsonNode specification = json.tree(job.specification());
        return new TrainingJobView(
                job.getId(),
                "training.job",
                job.name(),
                job.status(),
                job.status().isTerminal(),
                job.stopReason(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                estimatedFinish(job, fraction, now),
                new Progress(fraction, job.epoch(), job.epochs(), job.step()),
                job.datasetId(),
                specification,
                json.texts(job.warnings()),
                job.parameterCount(),
                job.latest() == null ? null : json.tree(job.latest()),
                best(job, specification.path("split").path("validation").asDouble() > 0),
                job.modelVersion() == null ? null : new ModelReference(job.modelName(), job.modelVersion()),
                job.error(),
                Map.copyOf(job.metadata()),
                job.attempt(),
                job.provenance() == null ? null : json.tree(job.provenance()),
                job.weightsSha256(),
                List.copyOf(job.transitions()));
    }

    private static @Nullable Best best(TrainingJob job, boolean validates) {
        Integer epoch = job.bestEpoch();
        Double loss = job.bestLoss();
        if (epoch == null || loss == null || epoch == 0) {
            return null;
        }
        return validates ? new Best(epoch, loss, null) : new Best(epoch, null, loss);
    }

    /** If training goes on at the pace that it had so far. */
    private static @Nullable Instant estimatedFinish(TrainingJob job, double fraction, Instant now) {
        Instant start = job.startedAt();
        if (job.status() != JobStatus.RUNNING || start == null || fraction == 0) {
            return null;
        }
        long elapsed = Duration.between(start, now).toMillis();
        return now.plusMillis(Math.round(elapsed * (1 - fraction) / fraction));
    }
}
