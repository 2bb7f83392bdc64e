package dev.descent.core.data;

import java.util.SplittableRandom;

/**
 * Random numbers for one purpose, derived from a job's seed alone: the same seed, purpose and index always give the
 * same numbers, and what one purpose draws never shifts the numbers of another. A run that resumes in the middle
 * therefore needs no saved generator state.
 */
public enum RandomStream {
    SPLIT(1),
    WEIGHTS(2),
    SHUFFLE(3),
    DROPOUT(4),
    SAMPLE(5),
    FOLDS(6);

    /** Changing it would change the numbers that every job gets from the same seed. */
    private final int number;

    RandomStream(int number) {
        this.number = number;
    }

    /** Integers up to 2⁵³ − 1 survive every JSON parser. */
    public static final long MAX_SEED = (1L << 53) - 1;

    /** @param indexes distinguish the streams of one purpose, such as the epochs of a shuffle */
    public SplittableRandom of(long seed, long... indexes) {
        long state = mix(mix(seed) + number);
        for (long index : indexes) {
            state = mix(state + index);
        }
        return new SplittableRandom(state);
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): nearby seeds must not give similar streams. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }

    /** Shuffles in place (Fisher and Yates). */
    public static void shuffle(int[] numbers, SplittableRandom random) {
        shuffle(numbers, numbers.length, random);
    }

    /** The same for the first {@code count} numbers. */
    public static void shuffle(int[] numbers, int count, SplittableRandom random) {
        for (int last = count - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int number = numbers[last];
            numbers[last] = numbers[other];
            numbers[other] = number;
        }
    }
}
