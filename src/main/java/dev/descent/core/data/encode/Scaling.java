package dev.descent.core.data.encode;

import dev.descent.core.Name;
import java.util.List;

/**
 * How a number is brought into the range in which networks learn well: a non-decreasing function, fitted to the training
 * part. {@link #invert} is its inverse as far as it has one.
 */
public sealed interface Scaling {

    /** x in its own unit to a number without one. */
    double apply(double x);

    /** The number in its own unit that {@link #apply} turns into y. */
    double invert(double y);

    /** y = x. */
    @Name("none")
    record None() implements Scaling {

        @Override
        public double apply(double x) {
            return x;
        }

        @Override
        public double invert(double y) {
            return y;
        }
    }

    /**
     * y = (x − mean) / deviation, so that the training part has mean 0 and deviation 1.
     *
     * @param deviation divided by n; 1 for a constant column
     */
    @Name("standardize")
    record Standardize(
            @Name("mean") double mean, @Name("deviation") double deviation) implements Scaling {

        /** @param imputed stands in for each missing cell */
        public static Standardize fit(KnownNumbers numbers, double imputed) {
            KnownNumbers.Moments moments = numbers.moments(imputed);
            return new Standardize(moments.mean(), moments.deviation());
        }

        @Override
        public double apply(double x) {
            return (x - mean) / deviation;
        }

        @Override
        public double invert(double y) {
            return mean + deviation * y;
        }
    }

    /**
     * y = (x − min) / (max − min), so that the training part lies in [0, 1]; a number outside its range lies outside.
     *
     * @param min, max of the training part; a constant column becomes zeros
     */
    @Name("minmax")
    record MinMax(@Name("min") double min, @Name("max") double max) implements Scaling {

        public static MinMax fit(KnownNumbers numbers) {
            return new MinMax(numbers.min(), numbers.max());
        }

        private double range() {
            return max > min ? max / 2 - min / 2 : 0.5;
        }

        /** In halves, since the range of finite numbers may be infinite. */
        @Override
        public double apply(double x) {
            return (x / 2 - min / 2) / range();
        }

        @Override
        public double invert(double y) {
            return min + 2 * y * range();
        }
    }

    /**
     * z = (x − center) / range; y = z / √(1 + (z / 3)²): nearly z around the center, and always within ±3, so that
     * outliers keep their order but not their distance.
     *
     * <p>Source: Holzmüller, Grinsztajn, Steinwart, "Better by Default: Strong Pre-Tuned MLPs and Boosted Trees on
     * Tabular Data" (2024), section 3.
     *
     * @param center the median of the training part
     * @param range between its quartiles; if that is 0, half of that between its least and its largest number; 1 for
     *     a constant column, which becomes zeros
     */
    @Name("robust")
    record Robust(
            @Name("center") double center, @Name("range") double range) implements Scaling {

        private static final double LIMIT = 3;

        /** The squares of larger ones would be infinite. */
        private static final double FAR = 1e15;

        public static Robust fit(KnownNumbers numbers) {
            double quartiles = numbers.quantile(0.75) - numbers.quantile(0.25);
            double range = quartiles > 0 ? quartiles : numbers.max() / 2 - numbers.min() / 2;
            return new Robust(numbers.median(), range > 0 ? Math.min(range, Double.MAX_VALUE) : 1);
        }

        @Override
        public double apply(double x) {
            double z = Math.max(-FAR, Math.min(FAR, (x - center) / range));
            return z / Math.sqrt(1 + z / LIMIT * (z / LIMIT));
        }

        @Override
        public double invert(double y) {
            double inside = Math.max(-LIMIT, Math.min(LIMIT, y)) / LIMIT;
            double z = y / Math.sqrt(1 - inside * inside);
            return center + range * Math.max(-FAR, Math.min(FAR, z));
        }
    }

    /**
     * z = sign(x) · ln(1 + |x|); y = (z − mean) / deviation. For amounts that span several orders of magnitude.
     *
     * @param mean, deviation of z in the training part, divided by n; a constant column has deviation 1
     */
    @Name("log1p")
    record Log1p(
            @Name("mean") double mean, @Name("deviation") double deviation) implements Scaling {

        /** e to this power, squared and summed over all rows, is still finite. */
        private static final double LARGEST = 340;

        /** @param imputed stands in for each missing cell */
        public static Log1p fit(KnownNumbers numbers, double imputed) {
            KnownNumbers.Moments moments = numbers.moments(imputed, Log1p::log);
            return new Log1p(moments.mean(), moments.deviation());
        }

        /** StrictMath, so that every machine has the same bits. */
        private static double log(double x) {
            return Math.copySign(Math.min(LARGEST, StrictMath.log1p(Math.abs(x))), x);
        }

        @Override
        public double apply(double x) {
            return (log(x) - mean) / deviation;
        }

        @Override
        public double invert(double y) {
            double z = mean + deviation * y;
            return Math.copySign(StrictMath.expm1(Math.min(LARGEST, Math.abs(z))), z);
        }
    }

    /**
     * y = the share p of the training part that lies below x, by linear interpolation between up to
     * {@value #MAX_QUANTILES} of its quantiles; of a value that occurs often, the middle of its shares. For the normal
     * distribution, y = Φ⁻¹(p), which ends at ±5.2.
     *
     * <p>As scikit-learn's QuantileTransformer, but for two things: it samples 10,000 of more rows, and it moves whatever
     * lies within 1e-7 of the least or largest number onto it, whatever the unit.
     *
     * @param quantiles of the training part, at equal distances from its least number to its largest
     * @param normal whether the training part becomes normally distributed; otherwise uniformly, in [0, 1]
     * @param clip whether a number outside the range of the training part becomes its end; otherwise y goes on as a
     *     straight line, by 1 for each width of that range, so that none is lost
     */
    @Name("quantile")
    record Quantile(
            @Name("quantiles") List<Double> quantiles,
            @Name("normal") boolean normal,
            @Name("clip") boolean clip) implements Scaling {

        /** The most numbers that are remembered. */
        public static final int MAX_QUANTILES = 1_000;

        /** Nearer to 0 or 1 a share is not told apart. */
        private static final double LEAST_SHARE = 1e-7 - Math.ulp(1.0);

        private static final double END = -StandardNormal.quantile(LEAST_SHARE);

        public Quantile {
            quantiles = List.copyOf(quantiles);
        }

        public static Quantile fit(KnownNumbers numbers, boolean normal, boolean clip) {
            int count = Math.max(1, Math.min(MAX_QUANTILES, numbers.sorted().length));
            Double[] quantiles = new Double[count];
            double last = numbers.min();
            for (int i = 0; i < count; i++) {
                // Rounding must not make a later one smaller.
                last = Math.max(last, numbers.quantile(count == 1 ? 0 : (double) i / (count - 1)));
                quantiles[i] = last;
            }
            return new Quantile(List.of(quantiles), normal, clip);
        }

        private double min() {
            return quantiles.get(0);
        }

        private double max() {
            return quantiles.get(quantiles.size() - 1);
        }

        /** The width of the range, or 1. */
        private double range() {
            double range = max() - min();
            return range > 0 ? range : 1;
        }

        @Override
        public double apply(double x) {
            double beyond = clip ? 0 : (x < min() ? x - min() : Math.max(0, x - max()));
            double share = share(Math.max(min(), Math.min(max(), x)));
            return (normal ? normalOf(share) : share) + beyond / range();
        }

        /** Where nothing is clipped, the shares move a little inwards rather than into one another. */
        private double normalOf(double share) {
            return clip
                    ? Math.max(-END, Math.min(END, StandardNormal.quantile(share)))
                    : StandardNormal.quantile(LEAST_SHARE + share * (1 - 2 * LEAST_SHARE));
        }

        private double shareOf(double normalNumber) {
            double share = StandardNormal.share(normalNumber);
            return clip ? share : Math.max(0, Math.min(1, (share - LEAST_SHARE) / (1 - 2 * LEAST_SHARE)));
        }

        private double share(double x) {
            if (min() == max()) {
                return 0.5;
            }
            if (x <= min()) {
                return 0;
            }
            if (x >= max()) {
                return 1;
            }
            int above = firstAbove(x, false);
            int from = firstAbove(x, true);
            return (between(above - 1, x) + between(from - 1, x)) / 2;
        }

        /** The index of the first quantile above x, or from x on. */
        private int firstAbove(double x, boolean orEqual) {
            int low = 0;
            int high = quantiles.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                double quantile = quantiles.get(middle);
                if (quantile > x || (orEqual && quantile == x)) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return low;
        }

        /** The share at x between a quantile and the next, which are different. */
        private double between(int index, double x) {
            double from = quantiles.get(index);
            double part = (x / 2 - from / 2) / (quantiles.get(index + 1) / 2 - from / 2);
            return (index + part) / (quantiles.size() - 1);
        }

        @Override
        public double invert(double y) {
            double end = normal ? END : 1;
            double start = normal ? -END : 0;
            double beyond = clip ? 0 : (y < start ? y - start : Math.max(0, y - end));
            double inside = Math.max(start, Math.min(end, y));
            double position = (normal ? shareOf(inside) : inside) * (quantiles.size() - 1);
            int below = (int) Math.floor(position);
            int above = Math.min(below + 1, quantiles.size() - 1);
            return KnownNumbers.between(quantiles.get(below), quantiles.get(above), position - below)
                    + beyond * range();
        }
    }
}
