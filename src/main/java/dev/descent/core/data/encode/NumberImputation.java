package dev.descent.core.data.encode;

import dev.descent.core.Name;

/**
 * What stands in for a missing number.
 *
 * @param value in the column's own unit
 */
public record NumberImputation(
        @Name("by") Impute by, @Name("value") double value) {

    /**
     * Fits to the training part.
     *
     * @param constant counts for {@link Impute#CONSTANT} alone
     */
    public static NumberImputation fit(Impute by, double constant, KnownNumbers numbers) {
        return new NumberImputation(
                by,
                switch (by) {
                    case MEDIAN -> numbers.median();
                    case MEAN -> numbers.mean();
                    case MOST_FREQUENT -> numbers.mostFrequent();
                    case CONSTANT -> constant;
                    case OWN_LEVEL -> throw new IllegalArgumentException("A number has no levels");
                });
    }
}
