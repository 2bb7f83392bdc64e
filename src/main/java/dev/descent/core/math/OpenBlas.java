package dev.descent.core.math;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** OpenBLAS, the library that ND4J itself uses. */
final class OpenBlas implements Gemm {

    OpenBlas() {
        // Its own threads form one pool for the whole process, so concurrent jobs would wait for each other.
        openblas_nolapack.blas_set_num_threads(1);
    }

    @Override
    public void multiply(Shape s, float alpha, FloatPointer a, FloatPointer b, float beta, FloatPointer c) {
        openblas_nolapack.cblas_sgemm(
                CblasRowMajor,
                flag(s.transposeA()),
                flag(s.transposeB()),
                s.rows(),
                s.columns(),
                s.inner(),
                alpha,
                a,
                s.strideA(),
                b,
                s.strideB(),
                beta,
                c,
                s.strideC());
    }

    void multiply(Shape s, double alpha, DoublePointer a, DoublePointer b, double beta, DoublePointer c) {
        openblas_nolapack.cblas_dgemm(
                CblasRowMajor,
                flag(s.transposeA()),
                flag(s.transposeB()),
                s.rows(),
                s.columns(),
                s.inner(),
                alpha,
                a,
                s.strideA(),
                b,
                s.strideB(),
                beta,
                c,
                s.strideC());
    }

    private static int flag(boolean transpose) {
        return transpose ? CblasTrans : CblasNoTrans;
    }

    /** Such as {@code OpenBLAS 0.3.31 DYNAMIC_ARCH NO_AFFINITY Zen MAX_THREADS=64}. */
    @Override
    public String description() {
        return Blas.pathOf("openblas").map(OpenBlas::configuration).orElse("OpenBLAS");
    }

    private static String configuration(String path) {
        Function function = NativeLibrary.getInstance(path).getFunction("openblas_get_config");
        return function.invokeString(new Object[0], false).strip();
    }
}
