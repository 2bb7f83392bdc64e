package dev.descent.dataset.sample;

import java.util.List;

/**
 * Two half circles that interleave, as scikit-learn's {@code make_moons} defines them. With n points on a moon and t
 * evenly from 0 to π:
 *
 * <pre>
 * upper: x1 = cos t,       x2 = sin t
 * lower: x1 = 1 − cos t,   x2 = 1 − sin t − 0.5
 * </pre>
 *
 * and normal noise of the deviation {@code noise} on both coordinates. Of an odd number of rows the lower moon has one
 * more.
 */
record Moons() implements GeneratedTable {

    @Override
    public List<String> columns() {
        return List.of("x1", "x2", "moon");
    }

    @Override
    public String description() {
        return "Two half circles that interleave, after scikit-learn's make_moons";
    }

    @Override
    public double defaultNoise() {
        return 0.1;
    }

    @Override
    public void draw(int index, int rows, double noise, Draws draws, RowText row) {
        int half = rows / 2;
        boolean isUpper = index < half;
        double angle =
                StrictMath.PI * (isUpper ? Spacing.closed(index, half) : Spacing.closed(index - half, rows - half));
        double x1 = isUpper ? StrictMath.cos(angle) : 1 - StrictMath.cos(angle);
        double x2 = isUpper ? StrictMath.sin(angle) : 0.5 - StrictMath.sin(angle);
        row.number(x1 + draws.normal(noise)).number(x2 + draws.normal(noise)).text(isUpper ? "upper" : "lower");
    }
}
