package dev.descent.core.data;

import dev.descent.core.Name;
import dev.descent.core.Plain;
import dev.descent.core.data.encode.Encoding;
import dev.descent.core.data.encode.Impute;
import org.jspecify.annotations.Nullable;

/**
 * What is different for one column; null means as for all columns of its type.
 *
 * @param impute what stands in for an empty cell: by default the median, or the most frequent level
 * @param value what stands in for {@link Impute#CONSTANT}
 * @param indicator whether a further input is 1 where a number was imputed; by default if the training part has such
 *     cells
 * @param scale of a number or date
 * @param encode of anything else
 */
public record ColumnPreprocessing(
        @Name("impute") @Nullable Impute impute,
        @Name("value") @Nullable FillValue value,
        @Name("indicator") @Nullable Boolean indicator,
        @Name("scale") PreprocessingSpec.@Nullable Numeric scale,
        @Name("encode") @Nullable Encoding encode) {

    public static final ColumnPreprocessing DEFAULT = new ColumnPreprocessing(null, null, null, null, null);

    /**
     * The value of a cell.
     *
     * @param plain a {@code String}, {@code Long}, {@code Double} or {@code Boolean}
     */
    public record FillValue(Object plain) implements Plain {

        private static final int MAX_CHARACTERS = 1_000;

        public static FillValue ofPlain(Object value) {
            boolean fits = value instanceof String text
                    ? !text.isEmpty() && text.length() <= MAX_CHARACTERS
                    : value instanceof Boolean
                            || (value instanceof Number number && Double.isFinite(number.doubleValue()));
            if (!fits) {
                throw new IllegalArgumentException(
                        "a number, true or false, or a string of 1 to %d characters".formatted(MAX_CHARACTERS));
            }
            return new FillValue(value);
        }

        /** As a cell of a column of numbers or dates; NaN if it is none. */
        public double number(ColumnType type) {
            if (type == ColumnType.DATETIME) {
                return plain instanceof String text ? Cell.day(text) : Double.NaN;
            }
            return plain instanceof Number number ? number.doubleValue() : Double.NaN;
        }

        /** As a level. */
        public String level() {
            return plain.toString();
        }
    }
}
