package dev.descent.dataset.sample;

import java.util.List;

/**
 * A circle inside another, as scikit-learn's {@code make_circles} defines them, with its {@code factor} at 0.5: with t
 * evenly from 0 to 2π, x1 = r · cos t and x2 = r · sin t, where r is 1 for the outer circle and 0.5 for the inner one,
 * and normal noise of the deviation {@code noise} on both coordinates. Of an odd number of rows the inner circle has one
 * more.
 */
record Circles() implements GeneratedTable {

    private static final double INNER_RADIUS = 0.5;

    @Override
    public List<String> columns() {
        return List.of("x1", "x2", "circle");
    }

    @Override
    public String description() {
        return "A circle inside another, after scikit-learn's make_circles";
    }

    @Override
    public double defaultNoise() {
        return 0.05;
    }

    @Override
    public void draw(int index, int rows, double noise, Draws draws, RowText row) {
        int half = rows / 2;
        boolean isOuter = index < half;
        double angle =
                2 * StrictMath.PI * (isOuter ? Spacing.open(index, half) : Spacing.open(index - half, rows - half));
        double radius = isOuter ? 1 : INNER_RADIUS;
        row.number(radius * StrictMath.cos(angle) + draws.normal(noise))
                .number(radius * StrictMath.sin(angle) + draws.normal(noise))
                .text(isOuter ? "outer" : "inner");
    }
}
