package dev.descent.job;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * How far training has progressed.
 *
 * @param latest the scores of the latest epoch as JSON
 * @param baselineLoss the loss of the best constant output on the training part
 * @param bestEpoch the epoch whose weights are the result
 */
@Embeddable
public record Progress(
        @Column(name = "epoch") int epoch,
        @Column(name = "step") long step,

        @Column(name = "latest") @JdbcTypeCode(SqlTypes.LONG32VARCHAR) @Nullable
        String latest,

        @Column(name = "baseline_loss") @Nullable Double baselineLoss,
        @Column(name = "best_epoch") @Nullable Integer bestEpoch,
        @Column(name = "best_loss") @Nullable Double bestLoss) {

    static final Progress NONE = new Progress(0, 0, null, null, null, null);

    Progress to(int epochsDone, long stepsDone, @Nullable String latestScores) {
        return new Progress(epochsDone, stepsDone, latestScores, baselineLoss, bestEpoch, bestLoss);
    }

    Progress withBaseline(double loss) {
        return new Progress(epoch, step, latest, loss, bestEpoch, bestLoss);
    }

    Progress withBest(@Nullable Integer inEpoch, @Nullable Double loss) {
        return new Progress(epoch, step, latest, baselineLoss, inEpoch, loss);
    }
}
