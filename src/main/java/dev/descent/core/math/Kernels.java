package dev.descent.core.math;

/**
 * The passes over matrices in which training spends its time, each stated once: this class computes in double
 * precision, on matrices of any precision. Only {@link #of} chooses by precision; {@link FloatKernels} does the same in
 * single precision, for speed.
 *
 * <p>Element-wise passes cover the elements from {@code from} inclusive to {@code to} exclusive. An instance is not
 * thread-safe.
 */
public sealed class Kernels permits FloatKernels {

    /** The partial sum of this part, until the owner adds them up: {@link ThreadTeam#sum}. */
    double sum;

    private double[] scratch = {};

    Kernels() {}

    static Kernels of(Precision precision) {
        return precision == Precision.FLOAT32 ? new FloatKernels() : new Kernels();
    }

    /** An array of at least the given length, reused from batch to batch: the training loop allocates nothing. */
    public final double[] scratch(int length) {
        if (scratch.length < length) {
            scratch = new double[length];
        }
        return scratch;
    }

    /** y ← y + factor x. */
    public void addScaled(int from, int to, double factor, Matrix x, Matrix y) {
        for (int i = from; i < to; i++) {
            y.set(i, y.get(i) + factor * x.get(i));
        }
    }

    /** Adds a row to a range of rows of y. */
    void addToRows(int from, int to, Matrix row, Matrix y) {
        int columns = y.columns();
        for (int i = from * columns; i < to * columns; i++) {
            y.set(i, y.get(i) + row.get(i % columns));
        }
    }

    /** sums ← the sum of each column of x. */
    void sumColumns(Matrix x, Matrix sums) {
        sums.fill(0);
        for (int i = 0; i < x.size(); i++) {
            int column = i % x.columns();
            sums.set(column, sums.get(column) + x.get(i));
        }
    }

    /** Σ x². */
    public double sumOfSquares(int from, int to, Matrix x) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += x.get(i) * x.get(i);
        }
        return squares;
    }

    /** y ← max(x, 0). */
    public void rectify(int from, int to, Matrix x, Matrix y) {
        for (int i = from; i < to; i++) {
            y.set(i, Math.max(x.get(i), 0));
        }
    }

    /** dx ← dy where x &gt; 0, else 0. */
    public void rectifyGradient(int from, int to, Matrix x, Matrix dy, Matrix dx) {
        for (int i = from; i < to; i++) {
            dx.set(i, x.get(i) > 0 ? dy.get(i) : 0);
        }
    }

    /** x ← eˣ for the first {@code count} elements, none of which may exceed 0. */
    public void exp(double[] x, int count) {
        for (int i = 0; i < count; i++) {
            x[i] = Math.exp(x[i]);
        }
    }

    /** v ← momentum v + g; p ← p − rate v, or with Nesterov's rule p ← p − rate (g + momentum v). */
    public void momentumStep(
            int from, int to, Matrix p, Matrix v, Matrix g, double rate, double momentum, boolean nesterov) {
        for (int i = from; i < to; i++) {
            double velocity = momentum * v.get(i) + g.get(i);
            v.set(i, velocity);
            p.set(i, p.get(i) - rate * (nesterov ? g.get(i) + momentum * velocity : velocity));
        }
    }

    /** m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; p ← p − rate m / (√(unbias v) + ε). */
    public void adamStep(int from, int to, Matrix p, Matrix m, Matrix v, Matrix g, AdamFactors factors) {
        double beta1 = factors.beta1();
        double beta2 = factors.beta2();
        for (int i = from; i < to; i++) {
            double gradient = g.get(i);
            double first = beta1 * m.get(i) + (1 - beta1) * gradient;
            double second = beta2 * v.get(i) + (1 - beta2) * gradient * gradient;
            m.set(i, first);
            v.set(i, second);
            p.set(i, p.get(i) - factors.rate() * first / (Math.sqrt(factors.unbias() * second) + factors.epsilon()));
        }
    }

    /**
     * The factors of one step of Adam.
     *
     * @param rate the learning rate over 1 − β₁ᵗ
     * @param unbias 1 over 1 − β₂ᵗ
     */
    public record AdamFactors(double beta1, double beta2, double rate, double unbias, double epsilon) {}
}
