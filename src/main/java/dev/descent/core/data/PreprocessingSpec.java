package dev.descent.core.data;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.core.data.encode.Encoding;
import dev.descent.core.data.encode.KnownNumbers;
import dev.descent.core.data.encode.Scaling;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How raw columns become network inputs. Everything is fitted to the training part alone.
 *
 * @param numeric the treatment of numbers and dates
 * @param categorical the treatment of levels
 * @param missing the treatment of empty cells
 * @param target of a regression; null to standardize
 * @param columns what is different for single columns; null for none
 */
public record PreprocessingSpec(
        @Name("numeric") Numeric numeric,
        @Name("categorical") Categorical categorical,
        @Name("missing") Missing missing,
        @Name("target") @Nullable Target target,

        @Name("columns") @Nullable @Bounds(min = 0, max = 10_000)
        Map<String, ColumnPreprocessing> columns) {

    public static final PreprocessingSpec DEFAULT =
            new PreprocessingSpec(Numeric.STANDARDIZE, Categorical.ONE_HOT, Missing.IMPUTE, null, null);

    public PreprocessingSpec {
        columns = columns == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** What is different for a column. */
    public ColumnPreprocessing of(String column) {
        return columns == null
                ? ColumnPreprocessing.DEFAULT
                : columns.getOrDefault(column, ColumnPreprocessing.DEFAULT);
    }

    Target targetTransform() {
        return target == null ? Target.STANDARDIZE : target;
    }

    /** How the levels of a column become inputs. */
    public Encoding encodingOf(String column) {
        Encoding own = of(column).encode();
        return own == null ? categorical.encoding : own;
    }

    /** The scaling of numbers: what to fit to the training part. */
    public enum Numeric {
        /** (x − mean) / standard deviation. */
        @Name("standardize")
        STANDARDIZE,
        /** (x − min) / (max − min). */
        @Name("minmax")
        MINMAX,
        /** By median and quartiles, smoothly clipped. */
        @Name("robust")
        ROBUST,
        /** The logarithm of 1 + |x| with the sign of x, standardized. */
        @Name("log1p")
        LOG1P,
        /** By rank, to a normal distribution: the same as {@code quantile_normal}. */
        @Name("quantile")
        QUANTILE,
        /** By rank, to a normal distribution. */
        @Name("quantile_normal")
        QUANTILE_NORMAL,
        /** By rank, to a uniform distribution. */
        @Name("quantile_uniform")
        QUANTILE_UNIFORM,
        /** Unchanged. */
        @Name("none")
        NONE;

        /**
         * Fits to the training part.
         *
         * @param imputed stands in for each missing cell
         */
        Scaling fit(KnownNumbers numbers, double imputed) {
            return switch (this) {
                case STANDARDIZE -> Scaling.Standardize.fit(numbers, imputed);
                case MINMAX -> Scaling.MinMax.fit(numbers);
                case ROBUST -> Scaling.Robust.fit(numbers);
                case LOG1P -> Scaling.Log1p.fit(numbers, imputed);
                case QUANTILE, QUANTILE_NORMAL -> Scaling.Quantile.fit(numbers, true, true);
                case QUANTILE_UNIFORM -> Scaling.Quantile.fit(numbers, false, true);
                case NONE -> new Scaling.None();
            };
        }
    }

    /** The treatment of levels. */
    public enum Categorical {
        /** One input per level, plus one for all levels that the training part does not have. */
        @Name("one_hot")
        ONE_HOT(Encoding.OneHotSpec.DEFAULT),
        /** The rank of the level, standardized. */
        @Name("ordinal")
        ORDINAL(new Encoding.OrdinalSpec()),
        /** The bits of the level's number. */
        @Name("binary")
        BINARY(new Encoding.BinarySpec()),
        /** The mean of the target among the rows with the level. */
        @Name("target_mean")
        TARGET_MEAN(Encoding.TargetMeanSpec.DEFAULT);

        private final Encoding encoding;

        Categorical(Encoding encoding) {
            this.encoding = encoding;
        }
    }

    /** What a network learns of the target of a regression; every score and prediction is in the target's own unit. */
    public enum Target {
        /** (y − mean) / standard deviation. */
        @Name("standardize")
        STANDARDIZE,
        /** The logarithm of 1 + |y| with the sign of y, standardized. */
        @Name("log")
        LOG,
        /** By rank, to a normal distribution; beyond the training part's range in a straight line. */
        @Name("quantile")
        QUANTILE,
        /** Unchanged. */
        @Name("none")
        NONE
    }

    /** The treatment of empty cells. */
    public enum Missing {
        /** Replaced by the median or the most frequent level; numbers get an extra input that marks imputed cells. */
        @Name("impute")
        IMPUTE
    }
}
