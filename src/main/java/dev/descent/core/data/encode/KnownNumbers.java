package dev.descent.core.data.encode;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The cells of a numeric column in the training part.
 *
 * @param sorted those that are known, in ascending order
 * @param missing how many are not
 */
public record KnownNumbers(double[] sorted, int missing) {

    /**
     * Mean and standard deviation.
     *
     * @param deviation divided by n; 1 if all numbers are the same
     */
    public record Moments(double mean, double deviation) {}

    public boolean isEmpty() {
        return sorted.length == 0;
    }

    /** 0 if there is none. */
    public double min() {
        return isEmpty() ? 0 : sorted[0];
    }

    /** 0 if there is none. */
    public double max() {
        return isEmpty() ? 0 : sorted[sorted.length - 1];
    }

    /** The middle of an odd count, halfway between the two middle ones of an even one; 0 if there is none. */
    public double median() {
        if (isEmpty()) {
            return 0;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
    }

    public double mean() {
        return new KnownNumbers(sorted, 0).moments(median()).mean();
    }

    /** The value that occurs most often; of several, the smallest. */
    public double mostFrequent() {
        double most = 0;
        int mostTimes = 0;
        for (int from = 0; from < sorted.length; ) {
            int to = from + 1;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            if (to - from > mostTimes) {
                most = sorted[from];
                mostTimes = to - from;
            }
            from = to;
        }
        return most;
    }

    /**
     * The number below which a share of the known cells lies, by linear interpolation between the two nearest (the
     * default of NumPy; definition 7 of Hyndman, Fan, "Sample quantiles in statistical packages", 1996).
     */
    public double quantile(double share) {
        if (isEmpty()) {
            return 0;
        }
        double position = share * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return between(sorted[below], sorted[above], position - below);
    }

    /** In halves, since the difference of finite numbers may be infinite; from the nearer end, as NumPy. */
    static double between(double from, double to, double part) {
        double half = to / 2 - from / 2;
        return part < 0.5 ? from + 2 * (half * part) : to - 2 * (half * (1 - part));
    }

    /**
     * Of all cells of the training part, after imputing.
     *
     * @param imputed stands in for each missing cell
     */
    public Moments moments(double imputed) {
        return moments(imputed, DoubleUnaryOperator.identity());
    }

    /**
     * The same of a strictly increasing function of each cell.
     *
     * @param imputed before the function
     */
    Moments moments(double imputed, DoubleUnaryOperator function) {
        double middle = function.applyAsDouble(median());
        if (isEmpty() || (min() == max() && (missing == 0 || imputed == median()))) {
            return new Moments(isEmpty() ? function.applyAsDouble(imputed) : middle, 1);
        }
        double largest = Math.max(
                Math.abs(function.applyAsDouble(missing == 0 ? min() : Math.min(min(), imputed))),
                Math.abs(function.applyAsDouble(missing == 0 ? max() : Math.max(max(), imputed))));
        // In a unit close to the values' own magnitude, so that no sum or square overflows; a power of two, so that
        // scaling does not round.
        double unit = Math.scalb(1.0, Math.getExponent(largest));
        double rows = sorted.length + (double) missing;
        double middleUnits = middle / unit;
        double imputedUnits = function.applyAsDouble(imputed) / unit;
        double sum = Arrays.stream(sorted)
                .map(x -> function.applyAsDouble(x) / unit - middleUnits)
                .sum();
        if (imputed != median()) {
            sum += missing * (imputedUnits - middleUnits);
        }
        double center = middleUnits + sum / rows;
        double squares = missing * square(imputedUnits - center)
                + Arrays.stream(sorted)
                        .map(x -> square(function.applyAsDouble(x) / unit - center))
                        .sum();
        double deviation = Math.sqrt(squares / rows) * unit;
        return new Moments(center * unit, deviation > 0 ? deviation : 1);
    }

    private static double square(double x) {
        return x * x;
    }
}
