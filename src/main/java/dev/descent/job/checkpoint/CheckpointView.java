package dev.descent.job.checkpoint;

import dev.descent.core.Name;
import dev.descent.request.StoredJson;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A state that a job can resume from, as clients see it.
 *
 * @param epoch the last completed one
 * @param metrics of that epoch; null if none has ended since the attempt began
 * @param best whether none of the other checkpoints kept has a lower loss
 */
public record CheckpointView(
        @Name("id") String id,
        @Name("object") String object,
        @Name("job") String job,
        @Name("created_at") Instant createdAt,
        @Name("epoch") int epoch,
        @Name("step") long step,
        @Name("metrics") @Nullable JsonNode metrics,
        @Name("bytes") long bytes,
        @Name("sha256") String sha256,
        @Name("best") boolean best) {

    public static List<CheckpointView> of(List<CheckpointRepository.Summary> summaries, StoredJson json) {
        String best = summaries.stream()
                .filter(summary -> summary.loss() != null)
                .min(Comparator.comparing(CheckpointRepository.Summary::loss))
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
                        summary.bytes(),
                        summary.sha256(),
                        summary.id().equals(best)))
                .toList();
    }
}
