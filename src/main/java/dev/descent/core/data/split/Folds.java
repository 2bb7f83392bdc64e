package dev.descent.core.data.split;

import dev.descent.core.data.RandomStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Rows dealt into folds, each of which is held out once while the others are trained on. Every row is in one fold.
 *
 * <p>Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning" (2nd edition, 2009), section 7.10.
 */
public final class Folds {

    /** The maximum number of folds. */
    public static final int MOST = 50;

    /** Keeps these numbers apart from those of the other splits by the same seed. */
    private static final int STREAM = 2;

    private final int[] rows;
    private final byte[] foldOf;
    private final int[] sizes;

    private Folds(int[] rows, byte[] foldOf, int[] sizes) {
        this.rows = rows;
        this.foldOf = foldOf;
        this.sizes = sizes;
    }

    /**
     * Deals the rows at random, one by one to each fold in turn, stratum by stratum; a stratum begins with the fold that
     * follows the last one of the stratum before. So both the folds as a whole and their shares of a stratum differ by
     * one row at most.
     *
     * @param rows the rows to deal
     * @param strata the stratum of each row, from 0; all 0 for folds without strata
     * @param repeat each repeat deals the same rows anew
     */
    public static Folds deal(int[] rows, int[] strata, int folds, long seed, int repeat) {
        byte[] foldOf = new byte[rows.length];
        int[] dealt = new int[1];
        Split.strata(strata, random(seed, repeat))
                .flatMapToInt(Arrays::stream)
                .forEachOrdered(index -> foldOf[index] = (byte) (dealt[0]++ % folds));
        return new Folds(rows, foldOf, sizes(rows.length, folds));
    }

    /**
     * Deals whole groups, from the largest to the smallest, each to the fold that has the fewest rows, one of them at
     * random if there are several. No fold has more rows than its share by more than the largest group.
     *
     * @param groups the group of each row, from 0
     */
    public static Folds dealGroups(int[] rows, int[] groups, int folds, long seed, int repeat) {
        SplittableRandom random = random(seed, repeat);
        int[] sizes = GroupSplit.sizes(groups);
        byte[] foldOfGroup = new byte[sizes.length];
        int[] rowsInFold = new int[folds];
        for (int group : GroupSplit.largestFirst(sizes, random)) {
            int fold = smallest(rowsInFold, random);
            foldOfGroup[group] = (byte) fold;
            rowsInFold[fold] += sizes[group];
        }
        byte[] foldOf = new byte[rows.length];
        for (int index = 0; index < rows.length; index++) {
            foldOf[index] = foldOfGroup[groups[index]];
        }
        return new Folds(rows, foldOf, rowsInFold);
    }

    private static SplittableRandom random(long seed, int repeat) {
        return RandomStream.SPLIT.of(seed, STREAM, repeat);
    }

    private static int smallest(int[] rowsInFold, SplittableRandom random) {
        int least = Arrays.stream(rowsInFold).min().orElseThrow();
        int[] candidates = IntStream.range(0, rowsInFold.length)
                .filter(fold -> rowsInFold[fold] == least)
                .toArray();
        return candidates[random.nextInt(candidates.length)];
    }

    /** How many rows each fold has if they are dealt one by one. */
    public static int[] sizes(int rows, int folds) {
        return IntStream.range(0, folds)
                .map(fold -> rows / folds + (fold < rows % folds ? 1 : 0))
                .toArray();
    }

    /** How many rows each fold has. */
    public int[] sizes() {
        return sizes.clone();
    }

    /** All rows but those of a fold are trained on, and those of the fold are validated. */
    public Split split(int fold) {
        return new Split(rows(index -> foldOf[index] != fold), rows(index -> foldOf[index] == fold), new int[0]);
    }

    private int[] rows(IntPredicate wanted) {
        return IntStream.range(0, rows.length)
                .filter(wanted)
                .map(index -> rows[index])
                .toArray();
    }
}
