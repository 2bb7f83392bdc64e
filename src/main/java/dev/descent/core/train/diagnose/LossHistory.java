package dev.descent.core.train.diagnose;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The losses of a training so far, by epoch.
 *
 * @param train the mean training loss of each epoch
 * @param validation the validation loss after each epoch; empty without a validation part
 * @param baseline the training loss of the best constant output, which needs no look at the inputs; NaN if unknown
 * @param isOver whether no epoch will follow
 * @param hasDiverged whether training ended because a loss was no longer finite
 */
public record LossHistory(
        List<Double> train, List<Double> validation, double baseline, boolean isOver, boolean hasDiverged) {

    /** Losses jump from epoch to epoch; the mean over 1 / {@value} of the history shows the trend. */
    private static final int SMOOTHING = 20;

    public LossHistory {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
    }

    int epochs() {
        return train.size();
    }

    boolean hasValidation() {
        return !validation.isEmpty();
    }

    /** The mean of the last epochs up to and including the given one, from 0. */
    static double smooth(List<Double> losses, int epoch) {
        int width = Math.max(1, losses.size() / SMOOTHING);
        return IntStream.rangeClosed(Math.max(0, epoch - width + 1), epoch)
                .mapToDouble(losses::get)
                .average()
                .orElse(Double.NaN);
    }

    /** The smoothed final loss. */
    static double last(List<Double> losses) {
        return smooth(losses, losses.size() - 1);
    }

    /** The epoch, from 0, with the lowest smoothed loss. */
    static int best(List<Double> losses) {
        int best = 0;
        for (int epoch = 1; epoch < losses.size(); epoch++) {
            if (smooth(losses, epoch) < smooth(losses, best)) {
                best = epoch;
            }
        }
        return best;
    }

    /** Infinite if the constant output has no loss but this one is positive. */
    double share(double loss) {
        return loss == 0 ? 0 : loss / baseline;
    }

    /** By what share of the baseline a loss fell over the last tenth of the epochs. */
    double recentFall(List<Double> losses) {
        int before = Math.max(0, losses.size() - 1 - Math.max(1, losses.size() / 10));
        return share(smooth(losses, before) - last(losses));
    }
}
