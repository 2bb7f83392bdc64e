package dev.descent.core.train.evaluate.metrics;

import dev.descent.core.Name;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Intervals of figures by the bootstrap: the rows are drawn again, as many as there are, with replacement; the interval
 * of a figure lies between the percentiles of what it is for the draws. A draw for which it does not exist does not count;
 * if most are like that, neither does the interval exist.
 *
 * <p>It says how much the figure would vary over other rows of the same kind, and nothing of how training would.
 *
 * <p>Source: Efron, Tibshirani, "An introduction to the bootstrap" (1993), section 13.3.
 *
 * @param resamples how often the rows are drawn: fewer times the more there are; 0 if they are too many
 * @param figures by name; null where there is no interval
 */
public record Intervals(
        @Name("method") String method,
        @Name("level") double level,
        @Name("resamples") int resamples,
        @Name("seed") long seed,
        @Name("figures") Map<String, @Nullable Interval> figures) {

    private static final double LEVEL = 0.95;
    private static final int MOST = 1_000;
    private static final int LEAST = 100;

    /** Rows × passes × resamples, which take some seconds. */
    private static final long WORK = 200_000_000;

    private static final long SEED = 0;

    public record Interval(
            @Name("low") double low, @Name("high") double high) {}

    /** @param cancellationCheck called for each resample; may throw to stop */
    public static Intervals of(Headline headline, Runnable cancellationCheck) {
        return of(headline, WORK, cancellationCheck);
    }

    /** @param work the most rows × passes × resamples */
    public static Intervals of(Headline headline, long work, Runnable cancellationCheck) {
        long possible = work / ((long) headline.rows() * headline.passes());
        int resamples = possible < LEAST ? 0 : (int) Math.min(MOST, possible);
        int count = headline.figures().size();
        double[][] draws = new double[count][resamples];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int draw = 0; draw < resamples; draw++) {
            cancellationCheck.run();
            double[] weights = new double[headline.rows()];
            for (int i = 0; i < weights.length; i++) {
                weights[random.nextInt(weights.length)]++;
            }
            double[] values = headline.values(weights);
            for (int figure = 0; figure < count; figure++) {
                draws[figure][draw] = values[figure];
            }
        }
        Map<String, @Nullable Interval> figures = new LinkedHashMap<>();
        for (int figure = 0; figure < count; figure++) {
            figures.put(headline.figures().get(figure).name(), interval(draws[figure]));
        }
        return new Intervals("bootstrap_percentile", LEVEL, resamples, SEED, figures);
    }

    private static @Nullable Interval interval(double[] draws) {
        double[] defined =
                Arrays.stream(draws).filter(Double::isFinite).sorted().toArray();
        if (defined.length == 0 || defined.length < draws.length / 2) {
            return null;
        }
        return new Interval(
                ReconstructionReport.quantile(defined, (1 - LEVEL) / 2),
                ReconstructionReport.quantile(defined, (1 + LEVEL) / 2));
    }
}
