package dev.descent.core.math;

import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The native libraries behind every matrix product: oneDNN where there is one for this machine, else OpenBLAS; in
 * double precision always OpenBLAS.
 */
public final class Blas {

    private Blas() {}

    /**
     * Loads ND4J and its native libraries, which takes seconds; the first matrix does so too. Two threads that loaded
     * them side by side would wait for each other forever: one holds JavaCPP's loader and needs its class of pointers,
     * the other the reverse. Here the second waits for the first.
     */
    public static void load() {
        singlePrecision();
    }

    /** What the loaded libraries say of themselves. */
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

        /** ND4J sets OpenBLAS's threads as it loads, so it comes first. */
        private static OpenBlas openBlas() {
            if (System.getProperty(PROCESS_LIMIT) == null) {
                // JavaCPP would refuse memory to a process of more than four times its heap, whatever descent.memory
                // says.
                System.setProperty(PROCESS_LIMIT, "0");
            }
            Nd4j.create(Precision.FLOAT32.dataType(), 1).close();
            return new OpenBlas();
        }

        private static Gemm fastest() {
            try {
                return new OneDnn();
            } catch (UnsatisfiedLinkError notForThisMachine) {
                // The description says which one computes; all that differs is the speed.
                return DOUBLE;
            }
        }
    }
}
