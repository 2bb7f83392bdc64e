package dev.descent.core;

import java.util.stream.LongStream;

/**
 * Arithmetic on sizes: widths, counts, bytes. A result is exact, or {@link #TOO_LARGE}, which is above every limit; it
 * never wraps around to a small or negative one. So whoever compares a size with a limit need not know how it came
 * about.
 */
public final class Sizes {

    /** More than a {@code long} holds. */
    public static final long TOO_LARGE = Long.MAX_VALUE;

    private Sizes() {}

    public static long sum(LongStream parts) {
        return parts.reduce(0, Sizes::sum);
    }

    public static long sum(long a, long b) {
        try {
            return Math.addExact(a, b);
        } catch (ArithmeticException overflow) {
            return TOO_LARGE;
        }
    }

    public static long product(long a, long b) {
        try {
            return Math.multiplyExact(a, b);
        } catch (ArithmeticException overflow) {
            return TOO_LARGE;
        }
    }
}
