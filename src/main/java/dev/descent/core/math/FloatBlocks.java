package dev.descent.core.math;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The element-wise passes that training spends its time in, in single precision.
 *
 * <p>The JIT compiler turns a loop over a {@code float[]} into vector instructions, but not one over a direct buffer, nor one that goes through double.
 * So each block of the off-heap memory is copied into an array that stays in the L1 cache, worked on there, and copied back: a step of SGD over 100,000
 * parameters takes a tenth of the plain loop's time. Each pass computes what the plain loop beside its call says.
 *
 * <p>Each works on the elements from one on, up to but without another. One thread uses an object at a time.
 */
public final class FloatBlocks {

    FloatBlocks() {}

    private static final int SIZE = 1_024;

    /**
     * Added and taken off again, it leaves every number above 10⁻¹⁸ as it is and rounds smaller ones to multiples of 6 · 10⁻³³. A moment whose
     * gradient stays 0 (a unit that rests) would else fade into subnormal numbers, which processors compute ten times slower, or its product with the
     * learning rate would.
     */
    private static final float TINY = 1e-25f;

    /** The same for gradients that are going to be squared: below 3 · 10⁻¹⁸ they count as 0. */
    private static final float TINY_ROOT = 3e-11f;

    /** The same for squares, whose roots are compared with an epsilon of 10⁻¹⁶ or more. */
    private static final float TINY_SQUARE = 1e-30f;

    /** What a part of a sum gave, until the owner adds it up: {@link ThreadTeam#sum}. */
    double sum;

    private final float[] a = new float[SIZE];
    private final float[] b = new float[SIZE];
    private final float[] c = new float[SIZE];
    private final float[] d = new float[SIZE];
    private double[] doubles = {};

    /** Room for so many numbers, kept from batch to batch: the training loop allocates nothing. */
    public double[] doubles(int count) {
        if (doubles.length < count) {
            doubles = new double[count];
        }
        return doubles;
    }

    /** p ← p + factor g. */
    public void addScaled(int from, int to, FloatBuffer p, double factor, FloatBuffer g) {
        for (int at = from; at < to; at += SIZE) {
            int length = Math.min(SIZE, to - at);
            p.get(at, a, 0, length);
            g.get(at, b, 0, length);
            addScaled(a, (float) factor, b, length);
            p.put(at, a, 0, length);
        }
    }

    private static void addScaled(float[] p, float factor, float[] g, int length) {
        for (int i = 0; i < length; i++) {
            p[i] += factor * g[i];
        }
    }

    /** v ← momentum v + g; p ← p − rate v, or by Nesterov's rule p ← p − rate (g + momentum v). */
    public void momentumStep(
            int from,
            int to,
            FloatBuffer p,
            FloatBuffer v,
            FloatBuffer g,
            double rate,
            double momentum,
            boolean nesterov) {
        for (int at = from; at < to; at += SIZE) {
            int length = Math.min(SIZE, to - at);
            p.get(at, a, 0, length);
            v.get(at, b, 0, length);
            g.get(at, c, 0, length);
            momentumStep(a, b, c, (float) rate, (float) momentum, nesterov, length);
            p.put(at, a, 0, length);
            v.put(at, b, 0, length);
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

    /** m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; p ← p − rate m / (√(v unbias) + ε). */
    public void adamStep(
            int from,
            int to,
            FloatBuffer p,
            FloatBuffer m,
            FloatBuffer v,
            FloatBuffer g,
            double rate,
            double unbias,
            double beta1,
            double beta2,
            double epsilon) {
        for (int at = from; at < to; at += SIZE) {
            int length = Math.min(SIZE, to - at);
            p.get(at, a, 0, length);
            m.get(at, b, 0, length);
            v.get(at, c, 0, length);
            g.get(at, d, 0, length);
            moments(b, c, d, (float) beta1, (float) beta2, length);
            adamStep(a, b, c, (float) rate, (float) unbias, (float) epsilon, length);
            p.put(at, a, 0, length);
            m.put(at, b, 0, length);
            v.put(at, c, 0, length);
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
            // In this order: a resting moment times the rate would be subnormal.
            p[i] -= rate * (m[i] / ((float) Math.sqrt(v[i] * unbias) + epsilon));
        }
    }

    /** y ← max(x, 0). */
    public void rectify(int from, int to, FloatBuffer x, FloatBuffer y) {
        for (int at = from; at < to; at += SIZE) {
            int length = Math.min(SIZE, to - at);
            x.get(at, a, 0, length);
            rectify(a, length);
            y.put(at, a, 0, length);
        }
    }

    private static void rectify(float[] x, int length) {
        for (int i = 0; i < length; i++) {
            x[i] = Math.max(x[i], 0);
        }
    }

    /** dx ← dy where x &gt; 0, else 0. */
    public void rectifyGradient(int from, int to, FloatBuffer x, FloatBuffer dy, FloatBuffer dx) {
        for (int at = from; at < to; at += SIZE) {
            int length = Math.min(SIZE, to - at);
            x.get(at, a, 0, length);
            dy.get(at, b, 0, length);
            rectifyGradient(a, b, length);
            dx.put(at, b, 0, length);
        }
    }

    private static void rectifyGradient(float[] x, float[] dy, int length) {
        for (int i = 0; i < length; i++) {
            // 1 where x > 0, else 0: a choice would not be vectorised, which makes it five times slower.
            dy[i] *= Math.min(Math.max(x[i], 0) * Float.MAX_VALUE, 1);
        }
    }

    /** Adds a row to some rows of y. */
    void addToRows(int from, int to, FloatBuffer y, FloatBuffer addend) {
        int columns = addend.capacity();
        for (int start = 0; start < columns; start += SIZE) {
            int width = Math.min(SIZE, columns - start);
            int together = rowsOf(width, columns);
            for (int row = 0; row < together; row++) {
                addend.get(start, b, row * width, width);
            }
            for (int row = from; row < to; row += together) {
                int at = row * columns + start;
                int length = Math.min(together, to - row) * width;
                y.get(at, a, 0, length);
                addScaled(a, 1, b, length);
                y.put(at, a, 0, length);
            }
        }
    }

    /** How many whole rows make a block. */
    private static int rowsOf(int width, int columns) {
        return width == columns ? SIZE / columns : 1;
    }

    /** sums ← the sum of each column of a matrix of so many rows. */
    void sumColumns(FloatBuffer matrix, int rows, FloatBuffer sums) {
        int columns = sums.capacity();
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
            sums.put(start, a, 0, width);
        }
    }

    private static void addRow(float[] sums, float[] rows, int at, int width) {
        for (int i = 0; i < width; i++) {
            sums[i] += rows[at + i];
        }
    }

    /** Adds the products of all elements with themselves. */
    public double sumOfSquares(int from, int to, FloatBuffer x) {
        double sum = 0;
        for (int at = from; at < to; at += SIZE) {
            int length = Math.min(SIZE, to - at);
            x.get(at, a, 0, length);
            for (int i = 0; i < length; i++) {
                sum += (double) a[i] * a[i];
            }
        }
        return sum;
    }
}
