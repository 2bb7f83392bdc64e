package dev.descent.dataset.sample;

import java.util.List;

/**
 * Exclusive or, as the TensorFlow Playground draws it ({@code classifyXORData}): x1 and x2 are even between −5 and 5, and
 * then 0.3 further from 0. The label tells whether x1 + u1 and x2 + u2 have the same sign, where u1 and u2 are even
 * between −5 · {@code noise} and 5 · {@code noise}: noise moves labels, not points.
 */
record Xor() implements GeneratedTable {

    private static final double SIDE = 5;
    private static final double GAP = 0.3;

    @Override
    public List<String> columns() {
        return List.of("x1", "x2", "signs");
    }

    @Override
    public String description() {
        return "Whether two numbers have the same sign (exclusive or), as the TensorFlow Playground draws it";
    }

    @Override
    public double defaultNoise() {
        return 0;
    }

    @Override
    public void draw(int index, int rows, double noise, Draws draws, RowText row) {
        double x1 = coordinate(draws);
        double x2 = coordinate(draws);
        double moved = (x1 + SIDE * draws.uniform(-noise, noise)) * (x2 + SIDE * draws.uniform(-noise, noise));
        row.number(x1).number(x2).text(moved >= 0 ? "same" : "different");
    }

    private static double coordinate(Draws draws) {
        double value = draws.uniform(-SIDE, SIDE);
        return value + (value > 0 ? GAP : -GAP);
    }
}
