package dev.descent.dataset.sample;

import java.util.List;

/**
 * The first of Friedman's regressions ("Multivariate adaptive regression splines", 1991): x1 to x10 are even between 0
 * and 1, five of them matter, and
 *
 * <pre>
 * y = 10 sin(π x1 x2) + 20 (x3 − 0.5)² + 10 x4 + 5 x5 + e
 * </pre>
 *
 * where e is normal with the deviation {@code noise}; Friedman's was 1.
 */
record Friedman() implements GeneratedTable {

    private static final int FEATURES = 10;

    @Override
    public List<String> columns() {
        return List.of("x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "y");
    }

    @Override
    public String description() {
        return "A regression on ten numbers of which five matter (Friedman 1991, the first)";
    }

    @Override
    public double defaultNoise() {
        return 1;
    }

    @Override
    public void draw(int index, int rows, double noise, Draws draws, RowText row) {
        double[] x = new double[FEATURES];
        for (int i = 0; i < FEATURES; i++) {
            x[i] = draws.uniform(0, 1);
            row.number(x[i]);
        }
        double distance = x[2] - 0.5;
        row.number(10 * StrictMath.sin(StrictMath.PI * x[0] * x[1])
                + 20 * distance * distance
                + 10 * x[3]
                + 5 * x[4]
                + draws.normal(noise));
    }
}
