package dev.descent.core.nn;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.util.Map;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/** The native library behind every matrix product: the OpenBLAS that ND4J itself computes with. */
public final class Blas {

    private Blas() {}

    /**
     * Loads ND4J and its native libraries. Two threads that do so at the same time wait for each other forever: one holds JavaCPP's loader and needs
     * its class of pointers, the other the reverse. So a process calls this once, before it has threads that compute.
     */
    public static void load() {
        Matrix.zeros(Precision.FLOAT32, 1, 1).close();
    }

    /** What the loaded library says of itself, such as {@code OpenBLAS 0.3.31 DYNAMIC_ARCH NO_AFFINITY Zen MAX_THREADS=64}. */
    public static String description() {
        Loader.load(openblas_nolapack.class);
        return Loader.getLoadedLibraries().entrySet().stream()
                .filter(library -> library.getKey().startsWith("openblas"))
                .map(Map.Entry::getValue)
                .findFirst()
                .map(Blas::configuration)
                .orElse("none");
    }

    private static String configuration(String path) {
        Function function = NativeLibrary.getInstance(path).getFunction("openblas_get_config");
        return function.invokeString(new Object[0], false).strip();
    }

    /** Sets the number of threads of every product in this process. */
    public static void useThreads(int count) {
        openblas_nolapack.blas_set_num_threads(count);
    }

    public static int threads() {
        return openblas_nolapack.blas_get_num_threads();
    }

    /** A product's dimensions: (rows × inner) (inner × columns), and how its operands lie in memory. */
    record Shape(int rows, int columns, int inner, int flagA, int strideA, int flagB, int strideB, int strideC) {}

    static Shape shape(Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix c) {
        int rows = transposeA ? a.columns() : a.rows();
        int inner = transposeA ? a.rows() : a.columns();
        int innerB = transposeB ? b.columns() : b.rows();
        int columns = transposeB ? b.rows() : b.columns();
        if (inner != innerB || rows != c.rows() || columns != c.columns()) {
            throw new IllegalArgumentException("(%d × %d) (%d × %d) does not give %d × %d"
                    .formatted(rows, inner, innerB, columns, c.rows(), c.columns()));
        }
        return new Shape(
                rows,
                columns,
                inner,
                transposeA ? CblasTrans : CblasNoTrans,
                Math.max(1, a.columns()),
                transposeB ? CblasTrans : CblasNoTrans,
                Math.max(1, b.columns()),
                Math.max(1, c.columns()));
    }

    static void multiply(Shape s, float alpha, FloatPointer a, FloatPointer b, float beta, FloatPointer c) {
        openblas_nolapack.cblas_sgemm(
                CblasRowMajor,
                s.flagA,
                s.flagB,
                s.rows,
                s.columns,
                s.inner,
                alpha,
                a,
                s.strideA,
                b,
                s.strideB,
                beta,
                c,
                s.strideC);
    }

    static void multiply(Shape s, double alpha, DoublePointer a, DoublePointer b, double beta, DoublePointer c) {
        openblas_nolapack.cblas_dgemm(
                CblasRowMajor,
                s.flagA,
                s.flagB,
                s.rows,
                s.columns,
                s.inner,
                alpha,
                a,
                s.strideA,
                b,
                s.strideB,
                beta,
                c,
                s.strideC);
    }
}
