package dev.descent.core.math;

import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The native libraries behind every matrix product: oneDNN if it supports this machine, otherwise OpenBLAS; for double
 * precision always OpenBLAS.
 */
public final class Blas {

    private Blas() {}

    /**
     * Loads ND4J and its native libraries, which takes seconds. Creating the first matrix would load them too, but two
     * threads doing so concurrently would deadlock: one holds JavaCPP's loader and needs its pointer class, the other
     * the reverse. Here the second thread waits for the first.
     */
    public static void load() {
        singlePrecision();
    }

    /** How the loaded libraries describe themselves. */
    public static String description() {
        String single = singlePrecision().description();
        return singlePrecision() == doublePrecision()
                ? single
                : single + "; " + doublePrecision().description();
    }

    static Gemm singlePrecision() {
        return Libraries.SINGLE;
    }

    static OpenBlas doublePrecision() {
        return Libraries.DOUBLE;
    }

    /** The file from which JavaCPP loaded a library. */
    static Optional<String> pathOf(String library) {
        return Loader.getLoadedLibraries().entrySet().stream()
                .filter(loaded -> loaded.getKey().startsWith(library))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static final class Libraries {

        private static final String PROCESS_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

        static final OpenBlas DOUBLE = openBlas();
        static final Gemm SINGLE = fastest();

        /** ND4J sets OpenBLAS's thread count while it loads, so it must load first. */
        private static OpenBlas openBlas() {
            if (System.getProperty(PROCESS_LIMIT) == null) {
                // Otherwise JavaCPP would refuse memory to a process larger than four times its heap, whatever
                // descent.memory says.
                System.setProperty(PROCESS_LIMIT, "0");
            }
            Nd4j.create(Precision.FLOAT32.dataType(), 1).close();
            return new OpenBlas();
        }

        private static Gemm fastest() {
            try {
                return new OneDnn();
            } catch (UnsatisfiedLinkError notForThisMachine) {
                // The description says which library computes; only the speed differs.
                return DOUBLE;
            }
        }
    }
}
