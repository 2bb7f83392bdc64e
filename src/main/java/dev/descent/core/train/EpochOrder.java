package dev.descent.core.train;

import dev.descent.core.data.RandomStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The order in which an epoch visits its examples; the same for the same seed, epoch and number of examples. */
abstract sealed class EpochOrder {

    private EpochOrder() {}

    /** Hears which examples come next, long enough before. */
    @FunctionalInterface
    interface Announcement {

        Announcement NONE = (from, to) -> {};

        /** Those from {@code from} inclusive to {@code to} exclusive, in any order. */
        void expect(int from, int to);
    }

    /**
     * @param count of the examples
     * @param inputWidth the number of inputs of each
     */
    static EpochOrder of(Hyperparameters rules, int epoch, int count, int inputWidth, Announcement announcement) {
        if (rules.shuffle() == Shuffle.BLOCKS) {
            return new Blocks(rules.seed(), epoch, count, Blocks.rows(inputWidth), Blocks.IN_A_POOL, announcement);
        }
        return new Whole(rules, epoch, count);
    }

    /** The most numbers that an order keeps on the heap; the few of a batch are not counted. */
    static long heldNumbers(Hyperparameters rules, int count, int inputWidth) {
        if (rules.shuffle() != Shuffle.BLOCKS) {
            return count;
        }
        int rows = Blocks.rows(inputWidth);
        return Math.min(count, (long) rows * Blocks.IN_A_POOL) + 3L * (count / rows + 1);
    }

    /**
     * Tells which examples stand at some positions. Cheap if positions are asked for in ascending order.
     *
     * @param from the first position
     * @param examples receives one example for each of its elements up to {@code count}
     */
    abstract void copy(int from, int count, int[] examples);

    /** All examples are shuffled, or drawn from all. */
    private static final class Whole extends EpochOrder {

        private final int[] order;

        Whole(Hyperparameters rules, int epoch, int count) {
            SplittableRandom random = RandomStream.SHUFFLE.of(rules.seed(), epoch);
            this.order = new int[count];
            if (rules.sampling() == Sampling.WITH_REPLACEMENT) {
                Arrays.setAll(order, index -> random.nextInt(count));
            } else {
                Arrays.setAll(order, row -> row);
                RandomStream.shuffle(order, random);
            }
        }

        @Override
        void copy(int from, int count, int[] examples) {
            System.arraycopy(order, from, examples, 0, count);
        }
    }

    /**
     * Shuffles in two steps, of which neither needs all examples in memory. With n examples of w inputs, blocks have r
     * = 65,536 / w rows (256 KiB), but from 1 to 8,192; block b has the rows from b r to (b + 1) r − 1. The ⌈n / r⌉
     * blocks are shuffled; each 1,024 of them in that order (up to 256 MiB) are a pool; the rows of a pool are shuffled
     * among each other, and the pools are visited one after another.
     *
     * <p>The blocks of a pool come from everywhere, so that a file that is sorted is not learnt in its order. All of
     * these numbers are constants, because the order must not depend on the machine.
     */
    static final class Blocks extends EpochOrder {

        static final int IN_A_POOL = 1_024;
        private static final int NUMBERS = 1 << 16;

        /** So that the order of a pool of narrow rows is small as well. */
        private static final int MOST_ROWS = 1 << 13;

        private final long seed;
        private final int epoch;
        private final int count;
        private final int rows;
        private final int inAPool;
        private final Announcement announcement;
        private final int[] blocks;

        /** The first position of each pool, and the end of the last. */
        private final int[] starts;

        private int[] pool = new int[0];
        private int current = -1;

        /**
         * @param rows of a block
         * @param inAPool the number of blocks
         */
        Blocks(long seed, int epoch, int count, int rows, int inAPool, Announcement announcement) {
            this.seed = seed;
            this.epoch = epoch;
            this.count = count;
            this.rows = rows;
            this.inAPool = inAPool;
            this.announcement = announcement;
            this.blocks = IntStream.range(0, ceilDiv(count, rows)).toArray();
            RandomStream.shuffle(blocks, RandomStream.SHUFFLE.of(seed, epoch));
            this.starts = new int[ceilDiv(blocks.length, inAPool) + 1];
            for (int i = 0; i < blocks.length; i++) {
                starts[i / inAPool + 1] += end(blocks[i]) - begin(blocks[i]);
            }
            Arrays.parallelPrefix(starts, Integer::sum);
        }

        /** Of a block. */
        static int rows(int inputWidth) {
            return Math.max(1, Math.min(MOST_ROWS, NUMBERS / Math.max(1, inputWidth)));
        }

        private static int ceilDiv(int number, int by) {
            return (int) ((number + (long) by - 1) / by);
        }

        private int begin(int block) {
            return block * rows;
        }

        private int end(int block) {
            return (int) Math.min(count, (block + 1L) * rows);
        }

        @Override
        void copy(int from, int wanted, int[] examples) {
            int done = 0;
            while (done < wanted) {
                enter(from + done);
                int some = Math.min(wanted - done, starts[current + 1] - from - done);
                System.arraycopy(pool, from + done - starts[current], examples, done, some);
                done += some;
            }
        }

        /** Makes the pool at a position the current one. */
        private void enter(int position) {
            if (current >= 0 && position >= starts[current] && position < starts[current + 1]) {
                return;
            }
            boolean follows = current >= 0 && position == starts[current + 1];
            int found = Arrays.binarySearch(starts, position);
            current = found >= 0 ? found : -found - 2;
            if (!follows) {
                announce(current);
            }
            announce(current + 1);
            int size = starts[current + 1] - starts[current];
            if (pool.length < size) {
                pool = new int[size];
            }
            fill(size);
        }

        private void announce(int number) {
            for (int i = number * inAPool; i < Math.min(blocks.length, (number + 1) * inAPool); i++) {
                announcement.expect(begin(blocks[i]), end(blocks[i]));
            }
        }

        private void fill(int size) {
            int index = 0;
            for (int i = current * inAPool; index < size; i++) {
                for (int row = begin(blocks[i]); row < end(blocks[i]); row++) {
                    pool[index++] = row;
                }
            }
            RandomStream.shuffle(pool, size, RandomStream.SHUFFLE.of(seed, epoch, current));
        }
    }
}
