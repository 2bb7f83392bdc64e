package dev.descent.core.train.diagnose;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The losses of a training so far, epoch by epoch.
 *
 * @param train the mean training loss of each epoch
 * @param validation the validation loss after each epoch; empty where there is no such part
 * @param baseline the training loss of the best constant output: what is reached without looking at the inputs; not a
 *     number where it isn't known
 * @param isOver whether no epoch will follow
 * @param hasDiverged whether training ended since a loss was no longer finite
 */
public record LossHistory(
        List<Double> train, List<Double> validation, double baseline, boolean isOver, boolean hasDiverged) {

    /** Losses jump from epoch to epoch; a mean over so many hundredths of the history shows where they go. */
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

    /** The mean of the last epochs up to and with one, counted from 0. */
    static double smooth(List<Double> losses, int epoch) {
        int width = Math.max(1, losses.size() / SMOOTHING);
        return IntStream.rangeClosed(Math.max(0, epoch - width + 1), epoch)
                .mapToDouble(losses::get)
                .average()
                .orElse(Double.NaN);
    }

    /** The smoothed loss at the end. */
    static double last(List<Double> losses) {
        return smooth(losses, losses.size() - 1);
    }

    /** The epoch, from 0, with the least smoothed loss. */
    static int best(List<Double> losses) {
        int best = 0;
        for (int epoch = 1; epoch < losses.size(); epoch++) {
            if (smooth(losses, epoch) < smooth(losses, best)) {
                best = epoch;
            }
        }
        return best;
    }

    /** Infinite where a constant output makes no loss, but this one is one. */
    double share(double loss) {
        return loss == 0 ? 0 : loss / baseline;
    }

    /** By which share of the baseline a loss fell over the last tenth of the epochs. */
    double recentFall(List<Double> losses) {
        int before = Math.max(0, losses.size() - 1 - Math.max(1, losses.size() / 10));
        return share(smooth(losses, before) - last(losses));
    }
}
