package dev.descent.dataset.sample;

import java.util.SplittableRandom;

/**
 * Random numbers that are the same for the same seed on every machine and every Java: only whole numbers are taken from
 * the generator, because how a JDK makes others of them may change.
 */
final class Draws {

    private static final double UNIT = 0x1.0p-53;

    private final SplittableRandom random;

    Draws(SplittableRandom random) {
        this.random = random;
    }

    /** Evenly from [from, to). */
    double uniform(double from, double to) {
        return from + (to - from) * ((random.nextLong() >>> 11) * UNIT);
    }

    /** From the normal distribution around 0, by the polar method (Marsaglia and Bray 1964). */
    double normal(double deviation) {
        while (true) {
            double x = uniform(-1, 1);
            double y = uniform(-1, 1);
            double square = x * x + y * y;
            if (square > 0 && square < 1) {
                return deviation * x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }
}
