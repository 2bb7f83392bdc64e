package dev.descent.job.checkpoint;

import dev.descent.core.Name;
import dev.descent.request.StoredJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A state that a job can resume from, as clients see it.
 *
 * @param epoch the last completed one
 * @param metrics of its weights, measured at the end of that epoch; null within an epoch
 * @param bestEpoch the epoch with the lowest loss so far, whose weights it holds as well
 * @param best whether it is the first of those kept that holds the weights of the job's best epoch
 */
public record CheckpointView(
        @Name("id") String id,
        @Name("object") String object,
        @Name("job") String job,
        @Name("created_at") Instant createdAt,
        @Name("epoch") int epoch,
        @Name("step") long step,
        @Name("metrics") @Nullable JsonNode metrics,
        @Name("best_epoch") @Nullable Integer bestEpoch,
        @Name("best_loss") @Nullable Double bestLoss,
        @Name("bytes") long bytes,
        @Name("sha256") String sha256,
        @Name("best") boolean best) {

    public static List<CheckpointView> of(List<CheckpointRepository.Summary> summaries, StoredJson json) {
        String best = CheckpointRepository.Summary.best(summaries)
                .map(CheckpointRepository.Summary::id)
                .orElse("");
        return summaries.stream()
                .map(summary -> new CheckpointView(
                        summary.id(),
                        "training.checkpoint",
                        summary.jobId(),
                        summary.createdAt(),
                        summary.epoch(),
                        summary.step(),
                        summary.scores() == null ? null : json.tree(summary.scores()),
                        summary.bestEpoch(),
                        summary.bestLoss(),
                        summary.bytes(),
                        summary.sha256(),
                        summary.id().equals(best)))
                .toList();
    }
}
