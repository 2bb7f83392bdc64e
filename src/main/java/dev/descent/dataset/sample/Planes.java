package dev.descent.dataset.sample;

import java.util.List;

/**
 * A regression on two planes that meet in a fold: x1 and x2 are even between −6 and 6, and
 *
 * <pre>
 * y = (|x1| + x2) / 10 + e
 * </pre>
 *
 * where e is normal with the deviation {@code noise}. On either side of x1 = 0 it is the plane of the TensorFlow
 * Playground ({@code regressPlane}) or its mirror image, so that no linear model fits, and one hidden layer of four relu
 * units does exactly.
 */
record Planes() implements GeneratedTable {

    private static final double SIDE = 6;
    private static final double SCALE = 10;

    @Override
    public List<String> columns() {
        return List.of("x1", "x2", "y");
    }

    @Override
    public String description() {
        return "A regression on two planes that meet in a fold, after the plane of the TensorFlow Playground";
    }

    @Override
    public double defaultNoise() {
        return 0.05;
    }

    @Override
    public void draw(int index, int rows, double noise, Draws draws, RowText row) {
        double x1 = draws.uniform(-SIDE, SIDE);
        double x2 = draws.uniform(-SIDE, SIDE);
        row.number(x1).number(x2).number((Math.abs(x1) + x2) / SCALE + draws.normal(noise));
    }
}
