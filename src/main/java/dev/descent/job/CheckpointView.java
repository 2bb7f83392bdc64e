package dev.descent.job;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A state that a job could go on from, as clients see it.
 *
 * @param epoch the last whole one
 * @param metrics of that epoch; null where none has ended since the attempt began
 * @param best whether no other one that is kept has a smaller loss
 */
record CheckpointView(
        String id,
        String object,
        String job,
        Instant createdAt,
        int epoch,
        long step,
        @Nullable JsonNode metrics,
        long bytes,
        String sha256,
        boolean best) {

    static List<CheckpointView> of(List<CheckpointRepository.Summary> summaries, JobJson json) {
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
