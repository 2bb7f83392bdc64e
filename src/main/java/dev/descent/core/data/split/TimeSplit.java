package dev.descent.core.data.split;

import dev.descent.core.data.Column;
import java.util.Arrays;

/**
 * Rows in the order of time: the oldest are trained on, the newest are tested. Rows of the same time are in the same
 * part, so a boundary lies between two times, as near to the shares as it can while no part with a share is empty.
 *
 * <p>Source: Hyndman, Athanasopoulos, "Forecasting: Principles and Practice" (3rd edition, 2021), section 5.8.
 */
final class TimeSplit {

    /** How many rows have each time or an earlier one. */
    private final int[] rowsUpTo;

    private TimeSplit(int[] rowsUpTo) {
        this.rowsUpTo = rowsUpTo;
    }

    static Split deal(int[] rows, Column.Numbers time, SplitSpec.Shares shares) {
        double[] sorted = Arrays.stream(rows).mapToDouble(time::value).sorted().toArray();
        PartSizes sizes = sizes(rowsUpToEachTime(sorted), shares);
        int old = sizes.train() + sizes.validation();
        double startOfValidation = sizes.train() < sorted.length ? sorted[sizes.train()] : Double.POSITIVE_INFINITY;
        double startOfTest = old < sorted.length ? sorted[old] : Double.POSITIVE_INFINITY;
        return new Split(
                Arrays.stream(rows)
                        .filter(row -> time.value(row) < startOfValidation)
                        .toArray(),
                Arrays.stream(rows)
                        .filter(row -> time.value(row) >= startOfValidation && time.value(row) < startOfTest)
                        .toArray(),
                Arrays.stream(rows)
                        .filter(row -> time.value(row) >= startOfTest)
                        .toArray());
    }

    /** The size of each part, given how many rows have each time or an earlier one. */
    static PartSizes sizes(int[] rowsUpTo, SplitSpec.Shares shares) {
        TimeSplit split = new TimeSplit(rowsUpTo);
        double[] share = shares.normalized().toArray();
        int[] sizes = new int[share.length];
        double sharesUpTo = 0;
        int times = 0;
        for (int part = 0; part < share.length; part++) {
            if (share[part] == 0) {
                continue;
            }
            sharesUpTo += share[part];
            int partsLeft = (int) Arrays.stream(share, part + 1, share.length)
                    .filter(other -> other > 0)
                    .count();
            int end = partsLeft == 0 ? rowsUpTo.length : split.end(sharesUpTo, times + 1, partsLeft);
            sizes[part] = split.rows(end) - split.rows(times);
            times = end;
        }
        return PartSizes.of(sizes);
    }

    /** How many times there are up to the boundary that is nearest to a share, but at least some, and some left. */
    private int end(double share, int least, int left) {
        int best = Math.min(least, rowsUpTo.length);
        double wanted = share * rows(rowsUpTo.length);
        for (int end = best + 1; end <= rowsUpTo.length - left; end++) {
            if (Math.abs(rows(end) - wanted) < Math.abs(rows(best) - wanted)) {
                best = end;
            }
        }
        return best;
    }

    private int rows(int times) {
        return times == 0 ? 0 : rowsUpTo[times - 1];
    }

    private static int[] rowsUpToEachTime(double[] sorted) {
        int[] rowsUpTo = new int[sorted.length];
        int times = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i + 1 == sorted.length || sorted[i + 1] != sorted[i]) {
                rowsUpTo[times++] = i + 1;
            }
        }
        return Arrays.copyOf(rowsUpTo, times);
    }
}
