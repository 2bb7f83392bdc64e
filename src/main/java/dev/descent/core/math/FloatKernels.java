package dev.descent.core.math;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * {@link Kernels} in single precision.
 *
 * <p>The JIT compiler vectorises loops over a {@code float[]}, but not loops over a direct buffer or loops that go
 * through double. So each block of off-heap memory is copied into an array that stays in the L1 cache, processed there
 * and copied back: an SGD step over 100,000 parameters takes a tenth of the time of the plain loop.
 */
final class FloatKernels extends Kernels {

    private static final int SIZE = 1_024;

    /**
     * Added and subtracted again, it leaves every number above 10⁻¹⁸ unchanged and rounds smaller ones to multiples of
     * 6 · 10⁻³³. Otherwise a moment whose gradient stays 0 (an inactive unit), or its product with the learning rate,
     * would decay into subnormal numbers, which processors compute ten times slower.
     */
    private static final float TINY = 1e-25f;

    /** The same for gradients about to be squared: below 3 · 10⁻¹⁸ they count as 0. */
    private static final float TINY_ROOT = 3e-11f;

    /** The same for squares, whose roots are compared with an epsilon of 10⁻¹⁶ or more. */
    private static final float TINY_SQUARE = 1e-30f;

    private final float[] a = new float[SIZE];
    private final float[] b = new float[SIZE];
    private final float[] c = new float[SIZE];
    private final float[] d = new float[SIZE];

    private static FloatBuffer of(Matrix matrix) {
        return ((Matrix.Float32) matrix).values();
    }

    @Override
    public void addScaled(int from, int to, double factor, Matrix x, Matrix y) {
        FloatBuffer addends = of(x);
        FloatBuffer sums = of(y);
        for (int at = from; at < to; at += SIZE) {
            int length = Math.min(SIZE, to - at);
            sums.get(at, a, 0, length);
            addends.get(at, b, 0, length);
            addScaled(a, (float) factor, b, length);
            sums.put(at, a, 0, length);
        }
    }

    private static void addScaled(float[] p, float factor, float[] g, int length) {
        for (int i = 0; i < length; i++) {
            p[i] += factor * g[i];
        }
    }

    @Override
    public void momentumStep(
            int from, int to, Matrix p, Matrix v, Matrix g, double rate, double momentum, boolean nesterov) {
        FloatBuffer values = of(p);
        FloatBuffer velocities = of(v);
        FloatBuffer gradients = of(g);
        for (int at = from; at < to; at += SIZE) {
            int length = Math.min(SIZE, to - at);
            values.get(at, a, 0, length);
            velocities.get(at, b, 0, length);
            gradients.get(at, c, 0, length);
            momentumStep(a, b, c, (float) rate, (float) momentum, nesterov, length);
            values.put(at, a, 0, length);
            velocities.put(at, b, 0, length);
        }
    }

    private static void momentumStep(
            float[] p, float[] v, float[] g, float rate, float momentum, boolean nesterov, int length) {
        for (int i = 0; i < length; i++) {
            v[i] = (momentum * v[i] + g[i] + TINY) - TINY;
        }
        if (nesterov) {
            for (int i = 0; i < length; i++) {
                p[i] -= rate * (g[i] + momentum * v[i]);
            }
        } else {
            for (int i = 0; i < length; i++) {
                p[i] -= rate * v[i];
            }
        }
    }

    @Override
    public void adamStep(int from, int to, Matrix p, Matrix m, Matrix v, Matrix g, AdamFactors factors) {
        FloatBuffer values = of(p);
        FloatBuffer firsts = of(m);
        FloatBuffer seconds = of(v);
        FloatBuffer gradients = of(g);
        float rate = (float) factors.rate();
        float unbias = (float) factors.unbias();
        float epsilon = (float) factors.epsilon();
        for (int at = from; at < to; at += SIZE) {
            int length = Math.min(SIZE, to - at);
            values.get(at, a, 0, length);
            firsts.get(at, b, 0, length);
            seconds.get(at, c, 0, length);
            gradients.get(at, d, 0, length);
            moments(b, c, d, (float) factors.beta1(), (float) factors.beta2(), length);
            adamStep(a, b, c, rate, unbias, epsilon, length);
            values.put(at, a, 0, length);
            firsts.put(at, b, 0, length);
            seconds.put(at, c, 0, length);
        }
    }

    private static void moments(float[] m, float[] v, float[] g, float beta1, float beta2, int length) {
        float rest1 = 1 - beta1;
        float rest2 = 1 - beta2;
        for (int i = 0; i < length; i++) {
            m[i] = (beta1 * m[i] + rest1 * g[i] + TINY) - TINY;
            float root = (g[i] + TINY_ROOT) - TINY_ROOT;
            v[i] = (beta2 * v[i] + rest2 * root * root + TINY_SQUARE) - TINY_SQUARE;
        }
    }

    private static void adamStep(float[] p, float[] m, float[] v, float rate, float unbias, float epsilon, int length) {
        for (int i = 0; i < length; i++) {
            // In this order, because a decayed moment times the rate would be subnormal.
            p[i] -= rate * (m[i] / ((float) Math.sqrt(v[i] * unbias) + epsilon));
        }
    }

    @Override
    public void rectify(int from, int to, Matrix x, Matrix y) {
        FloatBuffer inputs = of(x);
        FloatBuffer outputs = of(y);
        for (int at = from; at < to; at += SIZE) {
            int length = Math.min(SIZE, to - at);
            inputs.get(at, a, 0, length);
            rectify(a, length);
            outputs.put(at, a, 0, length);
        }
    }

    private static void rectify(float[] x, int length) {
        for (int i = 0; i < length; i++) {
            x[i] = Math.max(x[i], 0);
        }
    }

    @Override
    public void rectifyGradient(int from, int to, Matrix x, Matrix dy, Matrix dx) {
        FloatBuffer inputs = of(x);
        FloatBuffer outer = of(dy);
        FloatBuffer inner = of(dx);
        for (int at = from; at < to; at += SIZE) {
            int length = Math.min(SIZE, to - at);
            inputs.get(at, a, 0, length);
            outer.get(at, b, 0, length);
            rectifyGradient(a, b, length);
            inner.put(at, b, 0, length);
        }
    }

    private static void rectifyGradient(float[] x, float[] dy, int length) {
        for (int i = 0; i < length; i++) {
            // 1 where x > 0, else 0. A conditional would not be vectorised, which would be five times slower.
            dy[i] *= Math.min(Math.max(x[i], 0) * Float.MAX_VALUE, 1);
        }
    }

    @Override
    void addToRows(int from, int to, Matrix row, Matrix y) {
        FloatBuffer addend = of(row);
        FloatBuffer sums = of(y);
        int columns = y.columns();
        for (int start = 0; start < columns; start += SIZE) {
            int width = Math.min(SIZE, columns - start);
            int together = rowsOf(width, columns);
            for (int copy = 0; copy < together; copy++) {
                addend.get(start, b, copy * width, width);
            }
            for (int first = from; first < to; first += together) {
                int at = first * columns + start;
                int length = Math.min(together, to - first) * width;
                sums.get(at, a, 0, length);
                addScaled(a, 1, b, length);
                sums.put(at, a, 0, length);
            }
        }
    }

    /** The number of whole rows per block. */
    private static int rowsOf(int width, int columns) {
        return width == columns ? SIZE / columns : 1;
    }

    @Override
    void sumColumns(Matrix x, Matrix sums) {
        FloatBuffer matrix = of(x);
        FloatBuffer ofColumns = of(sums);
        int rows = x.rows();
        int columns = x.columns();
        for (int start = 0; start < columns; start += SIZE) {
            int width = Math.min(SIZE, columns - start);
            int together = rowsOf(width, columns);
            Arrays.fill(a, 0, width, 0);
            for (int row = 0; row < rows; row += together) {
                int length = Math.min(together, rows - row) * width;
                matrix.get(row * columns + start, b, 0, length);
                for (int at = 0; at < length; at += width) {
                    addRow(a, b, at, width);
                }
            }
            ofColumns.put(start, a, 0, width);
        }
    }

    private static void addRow(float[] sums, float[] rows, int at, int width) {
        for (int i = 0; i < width; i++) {
            sums[i] += rows[at + i];
        }
    }

    @Override
    public double sumOfSquares(int from, int to, Matrix x) {
        FloatBuffer values = of(x);
        double squares = 0;
        for (int at = from; at < to; at += SIZE) {
            int length = Math.min(SIZE, to - at);
            values.get(at, a, 0, length);
            for (int i = 0; i < length; i++) {
                squares += (double) a[i] * a[i];
            }
        }
        return squares;
    }

    /**
     * Computed as (e^(x/256))²⁵⁶ with a polynomial of degree 8, which the JIT compiler vectorises: the relative error
     * is under 10⁻⁸, and the result never less than e⁻⁶⁴.
     */
    @Override
    public void exp(double[] x, int count) {
        for (int i = 0; i < count; i++) {
            double r = Math.max(x[i], -64) / 256;
            double series = 1 + r * (1 / 8d);
            series = 1 + r * (1 / 7d) * series;
            series = 1 + r * (1 / 6d) * series;
            series = 1 + r * (1 / 5d) * series;
            series = 1 + r * (1 / 4d) * series;
            series = 1 + r * (1 / 3d) * series;
            series = 1 + r * (1 / 2d) * series;
            double p = 1 + r * series;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            x[i] = p * p;
        }
    }
}
