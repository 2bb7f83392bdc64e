package dev.descent.core.math;

import dev.descent.bench.MicroBenchmark;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The three products of a dense layer, on one thread, with either library. */
public class GemmBench extends MicroBenchmark {

    @Param({"oneDNN", "OpenBLAS"})
    public String library;

    @Param
    public Product product;

    /** Inputs and units of the layer. */
    @Param({"784x128", "1024x1024"})
    public String layer;

    @Param({"32", "256"})
    public int batch;

    private Gemm gemm;
    private Operands operands;

    /** The products of a dense layer. */
    public enum Product {
        /** Y = X W. */
        OUTPUT,
        /** ∂loss/∂W = Xᵀ G. */
        WEIGHT_GRADIENT,
        /** ∂loss/∂X = G Wᵀ. */
        INPUT_GRADIENT
    }

    @Setup
    public void prepare() {
        gemm = library.equals("oneDNN") ? new OneDnn() : Blas.doublePrecision();
        String[] sizes = layer.split("x");
        Matrix weights = random(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]));
        Matrix inputs = random(batch, weights.rows());
        Matrix outputs = random(batch, weights.columns());
        operands = switch (product) {
            case OUTPUT -> new Operands(inputs, false, weights, false, outputs);
            case WEIGHT_GRADIENT -> new Operands(inputs, true, outputs, false, weights);
            case INPUT_GRADIENT -> new Operands(outputs, false, weights, true, inputs);
        };
    }

    private static Matrix random(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(rows);
        Matrix matrix = Matrix.zeros(Precision.FLOAT32, rows, columns);
        for (int index = 0; index < matrix.size(); index++) {
            matrix.set(index, random.nextDouble(-1, 1));
        }
        return matrix;
    }

    @Benchmark
    public void multiply() {
        operands.multiply(gemm);
    }

    /** C ← op(A) op(B). */
    private record Operands(Matrix[] kept, Gemm.Shape shape, FloatPointer a, FloatPointer b, FloatPointer c) {

        Operands(Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix c) {
            // The matrices own the memory.
            this(
                    new Matrix[] {a, b, c},
                    Gemm.Shape.of(a, transposeA, b, transposeB, c),
                    address(a),
                    address(b),
                    address(c));
        }

        private static FloatPointer address(Matrix matrix) {
            return new FloatPointer(matrix.array().data().pointer());
        }

        void multiply(Gemm gemm) {
            gemm.multiply(shape, 1, a, b, 0, c);
        }
    }
}
