package dev.descent.dataset.sample;

import java.util.List;

/**
 * Two round clouds, as the TensorFlow Playground draws them ({@code classifyTwoGaussData}): normal around (2, 2) and
 * (−2, −2), with the variance 0.5 + 7 · {@code noise} in both coordinates. A linear model is the best there is. Of an
 * odd number of rows the lower cloud has one more.
 */
record Gaussians() implements GeneratedTable {

    private static final double CENTRE = 2;
    private static final double LEAST_VARIANCE = 0.5;
    private static final double VARIANCE_OF_NOISE = 7;

    @Override
    public List<String> columns() {
        return List.of("x1", "x2", "cloud");
    }

    @Override
    public String description() {
        return "Two round clouds, as the TensorFlow Playground draws them";
    }

    @Override
    public double defaultNoise() {
        return 0.1;
    }

    @Override
    public void draw(int index, int rows, double noise, Draws draws, RowText row) {
        boolean isUpper = index < rows / 2;
        double centre = isUpper ? CENTRE : -CENTRE;
        double deviation = StrictMath.sqrt(LEAST_VARIANCE + VARIANCE_OF_NOISE * noise);
        row.number(centre + draws.normal(deviation))
                .number(centre + draws.normal(deviation))
                .text(isUpper ? "upper" : "lower");
    }
}
