package dev.descent.core.data.split;

import dev.descent.core.data.Column;
import dev.descent.core.data.RandomStream;
import dev.descent.core.data.SortedNumbers;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Row indexes assigned to training, validation and test: every row to exactly one of them.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 5.3.
 */
public record Split(int[] train, int[] validation, int[] test) {

    /** The names of the parts where a column says which row is in which. */
    public static final List<String> PARTS = List.of("train", "validation", "test");

    /** A share this close to an integer number of rows counts as that integer. */
    private static final double NEXT_TO_WHOLE = 1e-6;

    /**
     * Splits the rows stratum by stratum, smallest first, so that each part gets its share of each stratum, rounded up
     * or down. The rounding error of one stratum is carried over to the next, so each part as a whole is also within
     * one row of its share, except that the last row of a stratum always stays in the training part. The numbering of
     * the strata makes no difference.
     *
     * @param rows the rows to split
     * @param strata the stratum of each row, from 0; all 0 for a split without strata
     */
    public static Split deal(int[] rows, int[] strata, SplitSpec.RandomSpec spec) {
        SplittableRandom random = RandomStream.SPLIT.of(spec.seed(), 0);
        Dealer dealer = new Dealer(spec.shares().normalized());
        strata(strata, random).forEach(dealer::deal);
        return dealer.split(rows);
    }

    /**
     * The indexes of each stratum in random order, the smallest stratum first. The numbering of the strata makes no
     * difference.
     */
    static Stream<int[]> strata(int[] strata, SplittableRandom random) {
        int[] indices = new int[strata.length];
        Arrays.setAll(indices, index -> index);
        RandomStream.shuffle(indices, random);
        int count = Arrays.stream(strata).max().orElse(-1) + 1;
        return Arrays.stream(group(indices, strata, count))
                .filter(stratum -> stratum.length > 0)
                .sorted(Comparator.<int[]>comparingInt(stratum -> stratum.length)
                        .thenComparingInt(stratum -> stratum[0]));
    }

    /** All rows are trained on. */
    public static Split ofTraining(int[] rows) {
        return new Split(rows, new int[0], new int[0]);
    }

    /**
     * Splits the rows as a column says.
     *
     * @param part has one of {@link #PARTS} in each of the rows
     */
    public static Split byPart(int[] rows, Column.Levels part) {
        int[] partOfLevel = part.levels().stream().mapToInt(PARTS::indexOf).toArray();
        int[][] parts = new int[PARTS.size()][];
        Arrays.setAll(
                parts,
                index -> Arrays.stream(rows)
                        .filter(row -> partOfLevel[part.codes()[row]] == index)
                        .toArray());
        return new Split(parts[0], parts[1], parts[2]);
    }

    /**
     * Splits the rows by time: {@link TimeSplit}.
     *
     * @param time has a value in each of the rows
     */
    public static Split byTime(int[] rows, Column.Numbers time, SplitSpec.TimeSpec spec) {
        return TimeSplit.deal(rows, time, spec.shares());
    }

    /**
     * Splits the rows by group: {@link GroupSplit}.
     *
     * @param group has a value in each of the rows
     */
    public static Split byGroup(int[] rows, Column group, SplitSpec.GroupSpec spec) {
        return GroupSplit.deal(rows, groups(group, rows), spec);
    }

    /**
     * The group of each row, from 0.
     *
     * @param group has a value in each of the rows
     */
    public static int[] groups(Column group, int[] rows) {
        return group instanceof Column.Levels levels
                ? Arrays.stream(rows).map(row -> levels.codes()[row]).toArray()
                : SortedNumbers.ranks((Column.Numbers) group, rows);
    }

    /** The size of each part for strata of the given sizes, without assigning any rows. */
    public static PartSizes sizes(int[] strata, SplitSpec.RandomSpec spec) {
        Dealer dealer = new Dealer(spec.shares().normalized());
        int[] sizes = new int[3];
        Arrays.stream(strata).filter(rows -> rows > 0).sorted().forEach(rows -> {
            int[] counts = dealer.counts(rows);
            Arrays.setAll(sizes, part -> sizes[part] + counts[part]);
        });
        return PartSizes.of(sizes);
    }

    /**
     * The largest possible size of each part if it is unknown which rows belong together. The three may add up to more
     * than the number of rows.
     *
     * @param more how many rows a part may have beyond its share: one for each stratum, the largest group, or
     *     {@value #TIMES_BEYOND_SHARE} times the rows of one time
     */
    public static PartSizes mostSizes(int rows, long more, SplitSpec.Shares shares) {
        SplitSpec.Shares of1 = shares.normalized();
        return new PartSizes(
                mostRows(rows, more, of1.train()),
                mostRows(rows, more, of1.validation()),
                mostRows(rows, more, of1.test()));
    }

    /** Both boundaries of a part may be beside its share, and a neighbour may have to keep a time. */
    public static final int TIMES_BEYOND_SHARE = 3;

    private static int mostRows(int rows, long more, double share) {
        return share == 0 ? 0 : (int) Math.min(rows, Math.floor(rows * share + NEXT_TO_WHOLE) + more);
    }

    public PartSizes sizes() {
        return new PartSizes(train.length, validation.length, test.length);
    }

    /** Whether that many rows, split without strata, leave at least one for each part with a share. */
    public static boolean fillsParts(int rows, SplitSpec.RandomSpec spec) {
        SplitSpec.Shares shares = spec.shares().normalized();
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

    /** Splits one stratum after another and keeps track of what rounding still owes each part. */
    private static final class Dealer {

        private static final int TRAIN = 0;
        private static final int VALIDATION = 1;
        private static final int TEST = 2;

        private final double[] shares;
        private final double[] owed = new double[3];
        private final List<IntStream.Builder> parts =
                List.of(IntStream.builder(), IntStream.builder(), IntStream.builder());

        Dealer(SplitSpec.Shares shares) {
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

        /** Each part's share of a stratum, rounded down, or up for the parts that are owed the most. */
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
                // No class may be missing from the training part, so its last row stays there.
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

        /** In table order, so that a part does not depend on the order of the strata. */
        private int[] rows(int part, int[] all) {
            return parts.get(part).build().map(index -> all[index]).sorted().toArray();
        }
    }
}
