package dev.descent.core.nn.layer;

import dev.descent.core.Name;
import java.util.random.RandomGenerator;

/**
 * How initial weights are drawn for a layer from {@code in} to {@code out} columns, so that signals neither vanish nor
 * explode from layer to layer.
 *
 * <p>Sources: Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010),
 * formula 16; He et al., "Delving Deep into Rectifiers" (2015), formula 10.
 */
public enum Initializer {
    /** Uniform in ±√(6 / (in + out)). */
    @Name("glorot_uniform")
    GLOROT_UNIFORM {
        @Override
        double draw(RandomGenerator random, int in, int out) {
            return uniform(random, 6.0 / (in + out));
        }
    },
    /** Normal with variance 2 / (in + out). */
    @Name("glorot_normal")
    GLOROT_NORMAL {
        @Override
        double draw(RandomGenerator random, int in, int out) {
            return random.nextGaussian() * Math.sqrt(2.0 / (in + out));
        }
    },
    /** Uniform in ±√(6 / in); for rectifiers. */
    @Name("he_uniform")
    HE_UNIFORM {
        @Override
        double draw(RandomGenerator random, int in, int out) {
            return uniform(random, 6.0 / in);
        }
    },
    /** Normal with variance 2 / in; for rectifiers. */
    @Name("he_normal")
    HE_NORMAL {
        @Override
        double draw(RandomGenerator random, int in, int out) {
            return random.nextGaussian() * Math.sqrt(2.0 / in);
        }
    };

    abstract double draw(RandomGenerator random, int in, int out);

    private static double uniform(RandomGenerator random, double squaredLimit) {
        return Math.sqrt(squaredLimit) * (2 * random.nextDouble() - 1);
    }
}
