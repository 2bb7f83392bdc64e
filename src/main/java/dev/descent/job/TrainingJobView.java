package dev.descent.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Name;
import dev.descent.core.train.Adjustment;
import dev.descent.job.fold.CrossValidationView;
import dev.descent.job.lifecycle.Change;
import dev.descent.job.lifecycle.JobError;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.lifecycle.StatusTransition;
import dev.descent.job.lifecycle.StopReason;
import dev.descent.request.StoredJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A training job as clients see it.
 *
 * @param specification null in a summary, which has no warnings either
 * @param crossValidation null for other jobs
 * @param summary whether it is one: lists show jobs with a very long specification as such
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TrainingJobView(
        @Name("id") String id,
        @Name("object") String object,
        @Name("name") String name,
        @Name("owner") String owner,
        @Name("status") JobStatus status,
        @Name("terminal") boolean terminal,
        @Name("queue_position") @Nullable Integer queuePosition,
        @Name("stop_reason") @Nullable StopReason stopReason,
        @Name("created_at") Instant createdAt,
        @Name("started_at") @Nullable Instant startedAt,
        @Name("finished_at") @Nullable Instant finishedAt,
        @Name("estimated_finish_at") @Nullable Instant estimatedFinishAt,
        @Name("progress") Progress progress,
        @Name("dataset") String dataset,
        @Name("specification") @Nullable JsonNode specification,
        @Name("warnings") List<String> warnings,
        @Name("parameter_count") long parameterCount,
        @Name("latest") @Nullable JsonNode latest,
        @Name("best") @Nullable Best best,
        @Name("model") @Nullable ModelReference model,
        @Name("error") @Nullable JobError error,
        @Name("metadata") Map<String, String> metadata,
        @Name("attempt") int attempt,
        @Name("provenance") @Nullable JsonNode provenance,
        @Name("weights_sha256") @Nullable String weightsSha256,
        @Name("test_evaluations") int testEvaluations,
        @Name("test_is_spent") boolean testIsSpent,
        @Name("status_transitions") List<StatusTransition> statusTransitions,

        @Name("cross_validation") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        CrossValidationView crossValidation,

        @Name("summary") boolean summary,
        @Name("tag") @JsonIgnore String tag) {

    /**
     * @param fraction of the steps, from 0 to 1, which is the end of every success
     * @param step the most steps that any attempt has taken
     * @param repeat of a cross-validation; null if no fold is left to be held out
     * @param fold of that repeat, from 1
     */
    public record Progress(
            @Name("fraction") double fraction,
            @Name("epoch") int epoch,
            @Name("epochs") int epochs,
            @Name("step") long step,

            @Name("repeat") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer repeat,

            @Name("fold") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer fold) {

        /** Of a job with one fit. */
        public Progress(double fraction, int epoch, int epochs, long step) {
            this(fraction, epoch, epochs, step, null, null);
        }
    }

    /**
     * The epoch whose weights are the result.
     *
     * @param validationLoss absent without a validation part; then the training loss has decided
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Best(
            @Name("epoch") int epoch,
            @Name("validation_loss") @Nullable Double validationLoss,
            @Name("train_loss") @Nullable Double trainLoss) {}

    /** The model version that a job created. */
    public record ModelReference(
            @Name("name") String name, @Name("version") int version) {}

    /**
     * @param specification as submitted; changes are applied to it
     * @param position in the queue; null if the job is not queued
     */
    static TrainingJobView of(
            TrainingJob job,
            JsonNode specification,
            List<Change> changes,
            @Nullable CrossValidationView crossValidation,
            @Nullable Integer position,
            StoredJson json,
            Instant now) {
        double fraction = job.fraction();
        JsonNode latest = job.progress().latest() == null
                ? null
                : json.tree(job.progress().latest());
        CrossValidationView heldOut = job.status().isTerminal() ? null : crossValidation;
        changes.forEach(change -> apply(change.adjustment(), specification));
        return new TrainingJobView(
                job.getId(),
                "training.job",
                job.name(),
                job.owner(),
                job.status(),
                job.status().isTerminal(),
                position,
                job.stopReason(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                estimatedFinish(job, fraction, now),
                new Progress(
                        fraction,
                        job.progress().epoch(),
                        job.epochs(),
                        job.steps().counted(),
                        heldOut == null ? null : heldOut.currentRepeat(),
                        heldOut == null ? null : heldOut.currentFold()),
                job.datasetId(),
                specification,
                json.strings(job.warnings()),
                job.footprint().parameterCount(),
                latest,
                best(job, latest != null && latest.has("validation_loss")),
                job.modelVersion() == null ? null : new ModelReference(job.modelName(), job.modelVersion()),
                job.error(),
                Map.copyOf(job.metadata()),
                job.attempts().number(),
                job.provenance() == null ? null : json.tree(job.provenance()),
                job.weightsSha256(),
                job.testEvaluations(),
                job.testIsSpent(),
                List.copyOf(job.transitions()),
                crossValidation,
                false,
                tag(job.version(), position));
    }

    /** Without what may be very long, as a list shows a job of many features. */
    TrainingJobView inList() {
        return new TrainingJobView(
                id,
                object,
                name,
                owner,
                status,
                terminal,
                queuePosition,
                stopReason,
                createdAt,
                startedAt,
                finishedAt,
                estimatedFinishAt,
                progress,
                dataset,
                null,
                List.of(),
                parameterCount,
                latest,
                best,
                model,
                error,
                metadata,
                attempt,
                provenance,
                weightsSha256,
                testEvaluations,
                testIsSpent,
                statusTransitions,
                crossValidation,
                true,
                tag);
    }

    /** Changes whenever anything visible to clients changes, except estimates. */
    static String tag(int version, @Nullable Integer position) {
        return position == null ? "W/\"%d\"".formatted(version) : "W/\"%d-%d\"".formatted(version, position);
    }

    private static void apply(Adjustment adjustment, JsonNode specification) {
        ObjectNode hyperparameters = (ObjectNode) specification.path("hyperparameters");
        if (adjustment.learningRate() != null) {
            ((ObjectNode) specification.path("optimizer")).put("learning_rate", adjustment.learningRate());
        }
        if (adjustment.epochs() != null) {
            hyperparameters.put("epochs", adjustment.epochs());
        }
        if (adjustment.patience() != null) {
            ((ObjectNode) hyperparameters.path("early_stopping")).put("patience", adjustment.patience());
        }
    }

    private static @Nullable Best best(TrainingJob job, boolean validates) {
        Integer epoch = job.progress().bestEpoch();
        Double loss = job.progress().bestLoss();
        if (epoch == null || loss == null || epoch == 0) {
            return null;
        }
        return validates ? new Best(epoch, loss, null) : new Best(epoch, null, loss);
    }

    /**
     * What its worker expects; until it has told, training is assumed to continue at its average pace so far.
     */
    private static @Nullable Instant estimatedFinish(TrainingJob job, double fraction, Instant now) {
        Instant start = job.startedAt();
        if (job.status() != JobStatus.RUNNING || start == null || fraction == 0) {
            return null;
        }
        Instant expected = job.steps().expectedFinish();
        if (expected != null) {
            return expected.isBefore(now) ? now : expected;
        }
        long elapsed = Duration.between(start, now).toMillis();
        return now.plusMillis(Math.round(elapsed * (1 - fraction) / fraction));
    }
}
