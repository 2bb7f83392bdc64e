package dev.descent.core.data.split;

import dev.descent.core.data.RandomStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Whole groups of rows, assigned at random. From the largest to the smallest, each goes to one of the parts that still
 * lack as many rows as it has, with a probability proportional to what they lack; a group too large for all of them to
 * the one that lacks most. So every part gets large groups and small ones, and the small ones even out what the large ones
 * leave: no part exceeds its share by more than the largest group.
 */
final class GroupSplit {

    /** Shares of rows are not exact. */
    private static final double ROUNDING = 1e-6;

    /** The rows that each part still lacks; below 0 for those it has too many. */
    private final double[] missing;

    private final int[] sizes;
    private final int[] groupsInPart;
    private final byte[] partOf;

    private GroupSplit(int[] sizes, int rows, SplitSpec.Shares shares) {
        this.sizes = sizes;
        this.missing = Arrays.stream(shares.normalized().toArray())
                .map(share -> share * rows)
                .toArray();
        this.groupsInPart = new int[missing.length];
        this.partOf = new byte[sizes.length];
    }

    /**
     * Splits rows.
     *
     * @param groups the group of each row, from 0
     */
    static Split deal(int[] rows, int[] groups, SplitSpec.GroupSpec spec) {
        int[] sizes = sizes(groups);
        GroupSplit split = new GroupSplit(sizes, rows.length, spec.shares());
        split.assign(RandomStream.SPLIT.of(spec.seed(), 1));
        return new Split(split.part(0, rows, groups), split.part(1, rows, groups), split.part(2, rows, groups));
    }

    /** How many rows each group has. */
    static int[] sizes(int[] groups) {
        int[] sizes = new int[Arrays.stream(groups).max().orElse(-1) + 1];
        Arrays.stream(groups).forEach(group -> sizes[group]++);
        return sizes;
    }

    private void assign(SplittableRandom random) {
        double[] shares = missing.clone();
        int[] order = largestFirst(sizes, random);
        for (int group : order) {
            put(group, part(sizes[group], random));
        }
        for (int part = 0; part < shares.length; part++) {
            if (shares[part] > 0 && groupsInPart[part] == 0) {
                takeSmallest(order, part);
            }
        }
    }

    /** The numbers of all groups that have rows; those of the same size in random order. */
    static int[] largestFirst(int[] sizes, SplittableRandom random) {
        int[] shuffled = new int[sizes.length];
        Arrays.setAll(shuffled, group -> group);
        RandomStream.shuffle(shuffled, random);
        long[] keys = new long[sizes.length];
        Arrays.setAll(keys, i -> ((long) -sizes[shuffled[i]] << Integer.SIZE) + i);
        Arrays.sort(keys);
        return Arrays.stream(keys)
                .mapToInt(key -> shuffled[(int) key])
                .filter(group -> sizes[group] > 0)
                .toArray();
    }

    private int part(int size, SplittableRandom random) {
        double needed = size - ROUNDING;
        double all = Arrays.stream(missing).filter(lacks -> lacks >= needed).sum();
        double drawn = random.nextDouble() * all;
        int most = 0;
        for (int part = 0; part < missing.length; part++) {
            if (missing[part] > missing[most]) {
                most = part;
            }
            if (missing[part] >= needed) {
                drawn -= missing[part];
                if (drawn < 0) {
                    return part;
                }
            }
        }
        return most;
    }

    private void put(int group, int part) {
        partOf[group] = (byte) part;
        groupsInPart[part]++;
        missing[part] -= sizes[group];
    }

    /** An empty part gets the smallest group that another one can spare. */
    private void takeSmallest(int[] order, int part) {
        for (int i = order.length - 1; i >= 0; i--) {
            int from = partOf[order[i]];
            if (groupsInPart[from] > 1) {
                groupsInPart[from]--;
                missing[from] += sizes[order[i]];
                put(order[i], part);
                return;
            }
        }
    }

    private int[] part(int part, int[] rows, int[] groups) {
        return IntStream.range(0, rows.length)
                .filter(index -> partOf[groups[index]] == part)
                .map(index -> rows[index])
                .toArray();
    }
}
