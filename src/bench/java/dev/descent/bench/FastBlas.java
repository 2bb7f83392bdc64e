package dev.descent.bench;

import dev.descent.core.math.Blas;

/** The libraries that a measurement is to be of. */
public final class FastBlas {

    private FastBlas() {}

    /** Loads them, unless they are not the fast ones. */
    public static void require() {
        Kernels.requireUnpinned();
        Blas.load();
        String blas = Blas.description();
        if (!blas.startsWith("oneDNN ")) {
            throw new IllegalStateException("The loaded BLAS is not the fast one: " + blas);
        }
    }
}
