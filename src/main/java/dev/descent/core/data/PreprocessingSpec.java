package dev.descent.core.data;

import dev.descent.core.Name;

/**
 * How raw columns become network inputs. Everything is fitted to the training part alone.
 *
 * @param numeric the treatment of numbers and dates
 * @param categorical the treatment of levels
 * @param missing the treatment of empty cells
 */
public record PreprocessingSpec(
        @Name("numeric") Numeric numeric,
        @Name("categorical") Categorical categorical,
        @Name("missing") Missing missing) {

    public static final PreprocessingSpec DEFAULT =
            new PreprocessingSpec(Numeric.STANDARDIZE, Categorical.ONE_HOT, Missing.IMPUTE);

    /** The treatment of numbers. */
    public enum Numeric {
        /** (x − mean) / standard deviation. */
        @Name("standardize")
        STANDARDIZE,
        /** Unchanged. */
        @Name("none")
        NONE
    }

    /** The treatment of levels. */
    public enum Categorical {
        /** One input per level, plus one for all levels that the training part does not have. */
        @Name("one_hot")
        ONE_HOT
    }

    /** The treatment of empty cells. */
    public enum Missing {
        /** Replaced by the median or the most frequent level; numbers get an extra input that marks imputed cells. */
        @Name("impute")
        IMPUTE
    }
}
