package dev.descent.core.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Row numbers dealt out to training, validation and test: every row to exactly one of them, at random.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 5.3.
 */
public record Split(int[] train, int[] validation, int[] test) {

    /** A share so near to a whole number of rows is that number. */
    private static final double NEXT_TO_WHOLE = 1e-6;

    /**
     * Deals out rows stratum by stratum, the smallest first, so that each part gets its share of each stratum, rounded
     * up or down. What rounding owes to a part in one stratum counts in the next, so the parts as a whole are within
     * one row of their shares as well; except that the last row of a stratum always stays in the training part. How the
     * strata are numbered makes no difference.
     *
     * @param rows the rows to deal out
     * @param strata the stratum of each of them, from 0; all 0 for a split without strata
     */
    public static Split deal(int[] rows, int[] strata, SplitSpec spec) {
        SplittableRandom random = RandomStream.SPLIT.of(spec.seed(), 0);
        int[] indices = new int[rows.length];
        Arrays.setAll(indices, index -> index);
        RandomStream.shuffle(indices, random);
        Dealer dealer = new Dealer(spec.normalized());
        int count = Arrays.stream(strata).max().orElse(-1) + 1;
        Arrays.stream(group(indices, strata, count))
                .filter(stratum -> stratum.length > 0)
                .sorted(Comparator.<int[]>comparingInt(stratum -> stratum.length)
                        .thenComparingInt(stratum -> stratum[0]))
                .forEach(stratum -> dealer.deal(stratum));
        return dealer.split(rows);
    }

    /** How many rows of each part there are in a table whose strata have so many rows, without dealing them out. */
    public static PartSizes sizes(int[] strata, SplitSpec spec) {
        Dealer dealer = new Dealer(spec.normalized());
        int[] sizes = new int[3];
        Arrays.stream(strata).filter(rows -> rows > 0).sorted().forEach(rows -> {
            int[] counts = dealer.counts(rows);
            Arrays.setAll(sizes, part -> sizes[part] + counts[part]);
        });
        return new PartSizes(sizes[Dealer.TRAIN], sizes[Dealer.VALIDATION], sizes[Dealer.TEST]);
    }

    /**
     * The most rows that each part can get of a table whose strata are not known: in each stratum at most one more than
     * its share. The three together may be more than all rows.
     *
     * @param strata how many there are at most
     */
    public static PartSizes mostSizes(int rows, int strata, SplitSpec spec) {
        SplitSpec shares = spec.normalized();
        return new PartSizes(
                mostRows(rows, strata, shares.train()),
                mostRows(rows, strata, shares.validation()),
                mostRows(rows, strata, shares.test()));
    }

    private static int mostRows(int rows, int strata, double share) {
        return share == 0 ? 0 : (int) Math.min(rows, Math.floor(rows * share + NEXT_TO_WHOLE) + strata);
    }

    public PartSizes sizes() {
        return new PartSizes(train.length, validation.length, test.length);
    }

    /** Whether that many rows, dealt out without strata, leave some for each part that has a share. */
    public static boolean fillsParts(int rows, SplitSpec spec) {
        SplitSpec shares = spec.normalized();
        PartSizes sizes = sizes(new int[] {rows}, spec);
        return sizes.train() > 0
                && (shares.validation() == 0 || sizes.validation() > 0)
                && (shares.test() == 0 || sizes.test() > 0);
    }

    private static int[][] group(int[] indices, int[] strata, int count) {
        int[] sizes = new int[count];
        for (int stratum : strata) {
            sizes[stratum]++;
        }
        int[][] groups = new int[count][];
        Arrays.setAll(groups, stratum -> new int[sizes[stratum]]);
        int[] used = new int[count];
        for (int index : indices) {
            int stratum = strata[index];
            groups[stratum][used[stratum]++] = index;
        }
        return groups;
    }

    /** Deals out one stratum after another, and remembers what rounding still owes to each part. */
    private static final class Dealer {

        private static final int TRAIN = 0;
        private static final int VALIDATION = 1;
        private static final int TEST = 2;

        private final double[] shares;
        private final double[] owed = new double[3];
        private final List<IntStream.Builder> parts =
                List.of(IntStream.builder(), IntStream.builder(), IntStream.builder());

        Dealer(SplitSpec shares) {
            this.shares = new double[] {shares.train(), shares.validation(), shares.test()};
        }

        void deal(int[] stratum) {
            int[] counts = counts(stratum.length);
            int index = 0;
            for (int part = TRAIN; part <= TEST; part++) {
                for (int i = 0; i < counts[part]; i++) {
                    parts.get(part).add(stratum[index++]);
                }
            }
        }

        /** Each part's share of a stratum, rounded down, or up for the parts to which most is owed. */
        private int[] counts(int rows) {
            int[] counts = new int[3];
            boolean[] whole = new boolean[3];
            int left = rows;
            for (int part = TRAIN; part <= TEST; part++) {
                double quota = rows * shares[part];
                whole[part] = Math.abs(quota - Math.rint(quota)) < NEXT_TO_WHOLE;
                counts[part] = (int) (whole[part] ? Math.rint(quota) : Math.floor(quota));
                owed[part] += quota - counts[part];
                left -= counts[part];
            }
            for (; left > 0; left--) {
                int part = mostOwed(whole);
                whole[part] = true;
                move(counts, part, 1);
            }
            if (counts[TRAIN] == 0) {
                // A class must not be missing from the training part: its last row stays there.
                move(counts, counts[VALIDATION] >= counts[TEST] ? VALIDATION : TEST, -1);
                move(counts, TRAIN, 1);
            }
            return counts;
        }

        private int mostOwed(boolean[] whole) {
            return IntStream.rangeClosed(TRAIN, TEST)
                    .filter(part -> !whole[part])
                    .boxed()
                    .max(Comparator.comparingDouble(part -> owed[part]))
                    .orElse(TRAIN);
        }

        private void move(int[] counts, int part, int rows) {
            counts[part] += rows;
            owed[part] -= rows;
        }

        Split split(int[] rows) {
            return new Split(rows(TRAIN, rows), rows(VALIDATION, rows), rows(TEST, rows));
        }

        /** In the order of the table, so that a part doesn't depend on the order of the strata. */
        private int[] rows(int part, int[] all) {
            return parts.get(part).build().map(index -> all[index]).sorted().toArray();
        }
    }
}
