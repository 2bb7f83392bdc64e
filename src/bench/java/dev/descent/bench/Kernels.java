package dev.descent.bench;

/** OpenBLAS selects its kernels by the detected processor, unless an environment variable pins those of another. */
public final class Kernels {

    private static final String PIN = "OPENBLAS_CORETYPE";

    private Kernels() {}

    /** Measurements of a slow kernel would be useless. */
    public static void requireUnpinned() {
        if (System.getenv(PIN) != null) {
            throw new IllegalStateException(PIN + " is set, which pins the kernels; unset it to measure");
        }
    }
}
