package dev.descent.core.train.evaluate.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bootstrap intervals, and the way from a baseline. */
class IntervalsTest {

    private static final Runnable NEVER = () -> {};

    /** Of a mean, the interval is nearly mean ± 1.96 deviations / √n. */
    @Test
    void theIntervalOfAMeanIsThatOfTheNormalDistribution() {
        double[] errors = new SplittableRandom(1).doubles(400).toArray();
        double mean = Arrays.stream(errors).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(errors)
                .map(error -> (error - mean) * (error - mean))
                .average()
                .orElseThrow());

        Intervals intervals = Intervals.of(Headline.of(errors), NEVER);

        assertThat(intervals.resamples()).isEqualTo(1_000);
        Intervals.Interval interval = intervals.figures().get("mean_error");
        assertThat(interval).isNotNull();
        double half = 1.96 * deviation / 20;
        assertThat(interval.low()).isCloseTo(mean - half, within(0.15 * half));
        assertThat(interval.high()).isCloseTo(mean + half, within(0.15 * half));
    }

    @Test
    void theSameRowsGiveTheSameIntervals() {
        Headline headline = Headline.of(predictions(new int[] {0, 1, 1, 0, 1, 0}, 0.2, 0.7, 0.4, 0.1, 0.9, 0.6));

        assertThat(Intervals.of(headline, NEVER)).isEqualTo(Intervals.of(headline, NEVER));
    }

    @Test
    void aFigureThatHasNoValueHasNoInterval() {
        Intervals intervals = Intervals.of(Headline.of(predictions(new int[] {0, 0, 0}, 0.2, 0.3, 0.6)), NEVER);

        assertThat(intervals.figures()).containsEntry("roc_auc", null);
        assertThat(intervals.figures().get("accuracy")).isEqualTo(new Intervals.Interval(0, 1));
    }

    @Test
    void theMoreRowsTheFewerResamplesAndTooManyHaveNone() {
        Headline headline = Headline.of(new double[50]);

        assertThat(Intervals.of(headline, 50 * 200, NEVER).resamples()).isEqualTo(200);
        Intervals none = Intervals.of(headline, 50 * 99, NEVER);
        assertThat(none.resamples()).isZero();
        assertThat(none.figures()).containsEntry("mean_error", null);
    }

    /** Accuracy 3/4 where the constant has 1/2 is half of the way. */
    @Test
    void theWayFromABaselineIsAShareOfWhatItLacks() {
        int[] truth = {0, 0, 1, 1};
        Headline model = Headline.of(predictions(truth, 0.1, 0.6, 0.8, 0.9));
        Headline constant = Headline.of(predictions(truth, 0.5, 0.5, 0.5, 0.5));

        assertThat(model.wayFrom(constant)).contains(entry("accuracy", 0.5));
        assertThat(model.byName()).contains(entry("accuracy", 0.75), entry("roc_auc", 1.0));
        assertThat(constant.wayFrom(constant)).containsEntry("accuracy", 0.0);
    }

    @Test
    void nothingIsLeftToABaselineThatIsPerfect() {
        Headline perfect = Headline.of(List.of(new ValuePredictions(new double[] {1, 2}, new double[] {1, 2}, null)));

        assertThat(perfect.wayFrom(perfect)).containsEntry("rmse", null).containsEntry("r2", null);
    }

    private static ClassPredictions predictions(int[] truth, double... scores) {
        double[] probabilities = Arrays.stream(scores)
                .flatMap(score -> Arrays.stream(new double[] {1 - score, score}))
                .toArray();
        return new ClassPredictions(2, truth, probabilities, null);
    }
}
