package dev.descent.bench;

import dev.descent.core.math.Blas;

/** Requires the native libraries that a measurement is meant to cover. */
public final class FastBlas {

    private FastBlas() {}

    /** Loads the libraries; throws unless they are the fast ones. */
    public static void require() {
        Kernels.requireUnpinned();
        Blas.load();
        String blas = Blas.description();
        if (!blas.startsWith("oneDNN ")) {
            throw new IllegalStateException("The loaded BLAS is not the fast one: " + blas);
        }
    }
}
