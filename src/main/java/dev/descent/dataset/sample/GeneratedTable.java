package dev.descent.dataset.sample;

import java.util.List;

/**
 * A table whose rows are drawn one after another. All arithmetic is that of {@link StrictMath}, so that the same draws
 * give the same numbers on every machine.
 */
non-sealed interface GeneratedTable extends SampleContent {

    /** The last is the target. */
    List<String> columns();

    /** What it is, in a sentence. */
    String description();

    double defaultNoise();

    /**
     * Draws one row.
     *
     * @param index of the point, from 0: each occurs once, in random order
     * @param rows how many points there are
     * @param noise 0 or more; its unit is each table's own
     */
    void draw(int index, int rows, double noise, Draws draws, RowText row);
}
