package dev.descent.core.train.diagnose;

import dev.descent.core.Count;
import dev.descent.core.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How well a network fits, judged by its losses alone.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), sections 5.2 and 11.5.
 *
 * @param confidence from 0 to 1
 * @param evidence what the verdict is based on, and what else the losses show
 */
public record FitDiagnosis(Verdict verdict, double confidence, List<Evidence> evidence) {

    /** Fewer epochs are inconclusive. */
    private static final int FEWEST_EPOCHS = 5;

    /** A training loss above this share of the baseline means that almost nothing was learnt. */
    private static final double NEAR_BASELINE = 0.8;

    /** A validation loss this much above its minimum has turned up. */
    private static final double TURN = 0.05;

    /**
     * A validation loss this many times the training loss, with a difference of this share of the baseline, is a gap.
     */
    private static final double GAP_RATIO = 1.5;

    private static final double GAP_SHARE = 0.15;

    /** A training loss this many times its minimum, and above the baseline, is diverging. */
    private static final double RUNAWAY = 2;

    /** A loss that fell by this share of the baseline over the last tenth of the epochs is still falling. */
    private static final double STILL_FALLING = 0.01;

    public enum Verdict {
        /** The training loss stays near the baseline. */
        @Name("underfitting")
        UNDERFITTING,
        /** The training loss falls, but the validation loss turns up or stays behind. */
        @Name("overfitting")
        OVERFITTING,
        /** Both losses are well below the baseline, and close together. */
        @Name("good_fit")
        GOOD_FIT,
        /** The training loss grows. */
        @Name("diverging")
        DIVERGING,
        /** No verdict is possible yet. */
        @Name("too_early")
        TOO_EARLY
    }

    /**
     * One observation about the losses.
     *
     * @param rule a stable name, for programs
     * @param fromEpoch the epoch since which it holds, from 1
     */
    public record Evidence(
            @Name("rule") String rule,
            @Name("detail") String detail,
            @Name("from_epoch") @Nullable Integer fromEpoch) {}

    public FitDiagnosis {
        evidence = List.copyOf(evidence);
    }

    /** Judges the losses at any time during a training. */
    public static FitDiagnosis of(LossHistory history) {
        if (history.hasDiverged()) {
            return new FitDiagnosis(
                    Verdict.DIVERGING,
                    1,
                    List.of(new Evidence(
                            "loss_not_finite", "The loss was no longer a finite number", history.epochs() + 1)));
        }
        if (history.epochs() < FEWEST_EPOCHS) {
            return new FitDiagnosis(
                    Verdict.TOO_EARLY,
                    1,
                    List.of(new Evidence(
                            "few_epochs",
                            "%s done; %d are needed for a verdict"
                                    .formatted(Count.of(history.epochs(), "epoch is", "epochs are"), FEWEST_EPOCHS),
                            null)));
        }
        if (!Double.isFinite(history.baseline())) {
            return new FitDiagnosis(
                    Verdict.TOO_EARLY,
                    1,
                    List.of(new Evidence(
                            "no_baseline",
                            "The loss of a constant output is not known, so the losses can't be compared with it",
                            null)));
        }
        return new Reading(history).diagnosis();
    }

    /** Applies the rules to a history, most severe first. */
    private static final class Reading {

        private final LossHistory history;
        private final double train;

        /** NaN without a validation part, so that no rule applies. */
        private final double validation;

        private final int bestEpoch;
        private final double leastValidation;
        private final List<Evidence> evidence = new ArrayList<>();

        Reading(LossHistory history) {
            this.history = history;
            this.train = LossHistory.last(history.train());
            this.validation = LossHistory.last(history.validation());
            this.bestEpoch = LossHistory.best(history.validation());
            this.leastValidation =
                    history.hasValidation() ? LossHistory.smooth(history.validation(), bestEpoch) : Double.NaN;
        }

        FitDiagnosis diagnosis() {
            double runaway = runaway();
            double overfit = Math.max(turn(), gap());
            double underfit = nearBaseline();
            boolean falling = stillFalling();
            if (runaway > 0) {
                return verdict(Verdict.DIVERGING, runaway);
            }
            if (overfit > 0 && overfit >= underfit) {
                return verdict(Verdict.OVERFITTING, overfit);
            }
            if (underfit > 0) {
                boolean mayStillLearn = falling && !history.isOver();
                return mayStillLearn ? verdict(Verdict.TOO_EARLY, 0.5) : verdict(Verdict.UNDERFITTING, underfit);
            }
            evidence.add(
                    0,
                    new Evidence(
                            "close_losses",
                            format(
                                    "The training loss of %.4g is %.0f%% of the baseline%s",
                                    train,
                                    100 * history.share(train),
                                    history.hasValidation() ? ", and the " + validationCourse() : ""),
                            null));
            return verdict(Verdict.GOOD_FIT, history.hasValidation() ? 1 - history.share(train) / 2 : 0.5);
        }

        private FitDiagnosis verdict(Verdict verdict, double confidence) {
            return new FitDiagnosis(verdict, Math.max(0.05, Math.min(1, confidence)), evidence);
        }

        /** Each rule returns 0 if it does not apply, otherwise its confidence. */
        private double runaway() {
            int best = LossHistory.best(history.train());
            double least = LossHistory.smooth(history.train(), best);
            if (train > RUNAWAY * least && train > history.baseline()) {
                evidence.add(new Evidence(
                        "training_loss_grows",
                        format(
                                "The training loss grew from %.4g to %.4g, above the baseline of %.4g",
                                least, train, history.baseline()),
                        best + 2));
                return Math.min(1, train / least / (2 * RUNAWAY));
            }
            return 0;
        }

        private double turn() {
            if (validationRose() && train < LossHistory.smooth(history.train(), bestEpoch)) {
                evidence.add(new Evidence(
                        "validation_loss_turned",
                        "The " + validationCourse() + ", while the training loss fell",
                        bestEpoch + 2));
                return 0.5 + Math.min(0.5, (validation - leastValidation) / leastValidation);
            }
            return 0;
        }

        private boolean validationRose() {
            double rise = validation - leastValidation;
            return rise > TURN * leastValidation && rise > TURN * TURN * history.baseline();
        }

        private String validationCourse() {
            return validationRose()
                    ? format(
                            "validation loss rose from %.4g in epoch %d to %.4g",
                            leastValidation, bestEpoch + 1, validation)
                    : format("validation loss of %.4g has not turned up", validation);
        }

        private double gap() {
            if (!history.hasValidation()) {
                return 0;
            }
            double difference = validation - train;
            // As long as nothing has been learnt, a gap is due to the random split, unless it grows.
            boolean learnt = !isNearBaseline(train) || difference > firstGap();
            if (learnt && validation > GAP_RATIO * train && difference > GAP_SHARE * history.baseline()) {
                double ratio = validation / train;
                evidence.add(new Evidence(
                        "gap",
                        format(
                                "The validation loss of %.4g is %s the training loss of %.4g",
                                validation, Double.isFinite(ratio) ? format("%.1f times", ratio) : "far above", train),
                        null));
                return Math.min(1, 0.4 + difference / history.baseline());
            }
            return 0;
        }

        /** The difference between the losses after the first tenth of the epochs. */
        private double firstGap() {
            int early = Math.max(1, history.epochs() / 10);
            return history.validation().get(early) - history.train().get(early);
        }

        private double nearBaseline() {
            double share = history.share(train);
            if (isNearBaseline(train)) {
                int from = history.epochs();
                while (from > 1 && isNearBaseline(LossHistory.smooth(history.train(), from - 2))) {
                    from--;
                }
                evidence.add(new Evidence(
                        "near_baseline",
                        format(
                                "The training loss of %.4g is %s %.4g, which a constant output reaches",
                                train,
                                Double.isFinite(share) ? format("%.0f%% of", 100 * share) : "above",
                                history.baseline()),
                        from));
                return 0.5 + Math.min(0.5, (share - NEAR_BASELINE) / (1 - NEAR_BASELINE) / 2);
            }
            return 0;
        }

        private boolean isNearBaseline(double loss) {
            return history.share(loss) > NEAR_BASELINE;
        }

        private boolean stillFalling() {
            List<Double> losses = history.hasValidation() ? history.validation() : history.train();
            double fall = history.recentFall(losses);
            boolean falling = fall > STILL_FALLING;
            if (falling) {
                evidence.add(new Evidence(
                        "still_falling",
                        format(
                                "The loss fell%s over the last tenth of the epochs",
                                Double.isFinite(fall) ? format(" by %.1f%% of the baseline", 100 * fall) : ""),
                        null));
            }
            return falling;
        }

        private static String format(String text, Object... values) {
            return String.format(Locale.ROOT, text, values);
        }
    }
}
