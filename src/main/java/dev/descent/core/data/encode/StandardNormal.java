package dev.descent.core.data.encode;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;

/** The normal distribution with mean 0 and deviation 1. */
final class StandardNormal {

    private static final double ROOT_OF_2 = Math.sqrt(2);

    private StandardNormal() {}

    /** Φ(y) = erfc(−y / √2) / 2, the share of the distribution below y. */
    static double share(double y) {
        return Erfc.value(-y / ROOT_OF_2) / 2;
    }

    /** Φ⁻¹(share): the number below which that share lies. */
    static double quantile(double share) {
        return -ROOT_OF_2 * InverseErfc.value(2 * share);
    }
}
