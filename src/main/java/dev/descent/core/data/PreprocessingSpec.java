package dev.descent.core.data;

import dev.descent.core.Name;

/**
 * How raw columns become inputs of a network. Everything is fitted to the training part alone.
 *
 * @param numeric what happens to numbers and dates
 * @param categorical what happens to levels
 * @param missing what happens to empty cells
 */
public record PreprocessingSpec(
        @Name("numeric") Numeric numeric,
        @Name("categorical") Categorical categorical,
        @Name("missing") Missing missing) {

    public static final PreprocessingSpec DEFAULT =
            new PreprocessingSpec(Numeric.STANDARDIZE, Categorical.ONE_HOT, Missing.IMPUTE);

    /** What happens to numbers. */
    public enum Numeric {
        /** (x − mean) / standard deviation. */
        @Name("standardize")
        STANDARDIZE,
        /** x as it is. */
        @Name("none")
        NONE
    }

    /** What happens to levels. */
    public enum Categorical {
        /** One column per level, and one for every level that the training part does not have. */
        @Name("one_hot")
        ONE_HOT
    }

    /** What happens to empty cells. */
    public enum Missing {
        /** The median, or the most frequent level; numbers get a further column that says where it happened. */
        @Name("impute")
        IMPUTE
    }
}
