package dev.descent.core.train.evaluate.metrics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Some numbers of many. */
final class Subset {

    private Subset() {}

    static double[] known(double[] values, int[] indexes) {
        return Arrays.stream(indexes).mapToDouble(index -> values[index]).toArray();
    }

    static double @Nullable [] of(double @Nullable [] values, int[] indexes) {
        return values == null ? null : known(values, indexes);
    }
}
