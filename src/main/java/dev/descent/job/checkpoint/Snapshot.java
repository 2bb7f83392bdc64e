package dev.descent.job.checkpoint;

import dev.descent.core.train.EpochReport;
import dev.descent.core.train.TrainingState;
import dev.descent.core.train.evaluate.NamedWeights;
import dev.descent.store.Sha256;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A training state to be stored.
 *
 * @param epoch the last completed one
 * @param report of that epoch, if known
 * @param loss selects the best checkpoint; null within an epoch, because these weights have not been measured
 * @param bytes of the state
 * @param sha256 of the bytes, in hexadecimal
 */
public record Snapshot(
        int epoch,
        long step,
        @Nullable EpochReport report,
        @Nullable Double loss,
        byte[] bytes,
        String sha256) {

    /** @param parts of all values of the network, in order */
    public static Snapshot of(TrainingState state, List<NamedWeights> parts, @Nullable EpochReport report) {
        byte[] bytes = TrainingStates.write(state, parts);
        boolean isPartial = state.partialEpoch().examples() > 0;
        Double loss = report == null || isPartial ? null : report.decisiveLoss();
        return new Snapshot(state.epoch(), state.step(), report, loss, bytes, Sha256.of(bytes));
    }

    /** The scores of that epoch, if known. */
    public Optional<Map<String, Double>> scores() {
        return Optional.ofNullable(report).map(EpochReport::scores);
    }
}
