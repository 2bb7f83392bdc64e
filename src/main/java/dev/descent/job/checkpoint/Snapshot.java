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
 * @param report of that epoch; null if it is unknown, and within an epoch, because these weights have not been measured
 * @param bestEpoch the epoch with the lowest loss so far, whose weights the state holds as well; null before the first
 * @param bestLoss that loss
 * @param bytes of the state
 * @param sha256 of the bytes, in hexadecimal
 */
public record Snapshot(
        int epoch,
        long step,
        @Nullable EpochReport report,
        @Nullable Integer bestEpoch,
        @Nullable Double bestLoss,
        byte[] bytes,
        String sha256) {

    /**
     * @param parts of all values of the network, in order
     * @param lastReport of the last completed epoch, if known
     */
    public static Snapshot of(TrainingState state, List<NamedWeights> parts, @Nullable EpochReport lastReport) {
        byte[] bytes = TrainingStates.write(state, parts);
        boolean isPartial = state.partialEpoch().examples() > 0;
        boolean hasBest = state.bestEpoch() > 0;
        return new Snapshot(
                state.epoch(),
                state.step(),
                isPartial ? null : lastReport,
                hasBest ? state.bestEpoch() : null,
                hasBest ? state.bestLoss() : null,
                bytes,
                Sha256.of(bytes));
    }

    /** The scores of the weights, if known. */
    public Optional<Map<String, Double>> scores() {
        return Optional.ofNullable(report).map(EpochReport::scores);
    }
}
