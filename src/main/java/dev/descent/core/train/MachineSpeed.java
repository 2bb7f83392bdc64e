package dev.descent.core.train;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.math.ThreadTeam;
import java.util.stream.IntStream;

/**
 * How fast one thread of this machine multiplies matrices of the sizes common in small networks. It is measured once,
 * in a few milliseconds, for estimates of time: processors differ several times over.
 */
public final class MachineSpeed {

    private static final int ROWS = 32;
    private static final int WIDTH = 64;
    private static final int PRODUCTS = 400;
    private static final int ROUNDS = 15;
    private static final double FLOPS = measure();

    private MachineSpeed() {}

    /** Floating-point operations per second, in single precision. */
    public static double flops() {
        return FLOPS;
    }

    /** The best of several rounds: other work on the machine can only make a round slower. */
    private static double measure() {
        try (Matrix a = Matrix.zeros(Precision.FLOAT32, ROWS, WIDTH);
                Matrix b = Matrix.zeros(Precision.FLOAT32, WIDTH, WIDTH);
                Matrix c = Matrix.zeros(Precision.FLOAT32, ROWS, WIDTH);
                ThreadTeam team = ThreadTeam.alone(Precision.FLOAT32)) {
            double seconds = IntStream.range(0, ROUNDS)
                    .mapToDouble(round -> secondsOfARound(team, a, b, c))
                    .min()
                    .orElseThrow();
            return 2.0 * ROWS * WIDTH * WIDTH * PRODUCTS / seconds;
        }
    }

    private static double secondsOfARound(ThreadTeam team, Matrix a, Matrix b, Matrix c) {
        long begin = System.nanoTime();
        for (int product = 0; product < PRODUCTS; product++) {
            team.multiply(1, a, false, b, false, 0, c);
        }
        return (System.nanoTime() - begin) / 1e9;
    }
}
