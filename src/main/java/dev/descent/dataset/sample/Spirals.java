package dev.descent.dataset.sample;

import java.util.List;

/**
 * Two spirals around each other, as the TensorFlow Playground draws them ({@code classifySpiralData}). With s evenly
 * from 0 to 1 along an arm:
 *
 * <pre>
 * r = 5 s,   t = 1.75 · 2π s   (second arm: + π)
 * x1 = r sin t + u1,   x2 = r cos t + u2
 * </pre>
 *
 * where u1 and u2 are even between −{@code noise} and {@code noise}. Of an odd number of rows the second arm has one
 * more.
 */
record Spirals() implements GeneratedTable {

    private static final double RADIUS = 5;
    private static final double TURNS = 1.75;

    @Override
    public List<String> columns() {
        return List.of("x1", "x2", "arm");
    }

    @Override
    public String description() {
        return "Two spirals around each other, as the TensorFlow Playground draws them";
    }

    @Override
    public double defaultNoise() {
        return 0.1;
    }

    @Override
    public void draw(int index, int rows, double noise, Draws draws, RowText row) {
        int half = rows / 2;
        boolean isFirst = index < half;
        double along = isFirst ? Spacing.open(index, half) : Spacing.open(index - half, rows - half);
        double radius = RADIUS * along;
        double angle = TURNS * 2 * StrictMath.PI * along + (isFirst ? 0 : StrictMath.PI);
        row.number(radius * StrictMath.sin(angle) + draws.uniform(-noise, noise))
                .number(radius * StrictMath.cos(angle) + draws.uniform(-noise, noise))
                .text(isFirst ? "first" : "second");
    }
}
