package dev.descent.bench;

/** OpenBLAS chooses its kernels by the processor that it finds, unless a variable pins those of another. */
public final class Kernels {

    private static final String PIN = "OPENBLAS_CORETYPE";

    private Kernels() {}

    /** Figures of a slow kernel would be of no use. */
    public static void requireUnpinned() {
        if (System.getenv(PIN) != null) {
            throw new IllegalStateException(PIN + " is set, which pins the kernels; unset it to measure");
        }
    }
}
