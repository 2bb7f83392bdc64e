package dev.descent.dataset.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UnknownLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** How values of a type become text: as the same value stands in a file of CSV or NDJSON. */
@FunctionalInterface
interface ValueText {

    /** Of a decimal; 76 digits are the most that other programs write. */
    int MOST_DECIMAL_BYTES = 64;

    int MOST_SCALE = 128;
    int MOST_BYTES_PER_CHARACTER = 4;
    long SECONDS_A_DAY = 86_400;

    /**
     * The text of a reader's value, or nothing for one that means a missing one.
     *
     * @param most the maximum number of characters
     */
    String of(ColumnReader value, int most) throws UnreadableParquetException;

    /** Null if the type is not read. */
    static @Nullable ValueText of(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        PrimitiveTypeName storage = type.getPrimitiveTypeName();
        boolean isPlain = meaning == null;
        return switch (storage) {
            case BOOLEAN -> isPlain ? (value, most) -> Boolean.toString(value.getBoolean()) : null;
            case FLOAT -> isPlain ? (value, most) -> NumberText.of(value.getFloat()) : null;
            case DOUBLE -> isPlain ? (value, most) -> NumberText.of(value.getDouble()) : null;
            case INT32 -> ofIntegers(meaning, ColumnReader::getInteger, Integer::toUnsignedString);
            case INT64 -> ofIntegers(meaning, ColumnReader::getLong, null);
            case BINARY -> ofBytes(meaning);
            case FIXED_LEN_BYTE_ARRAY -> ofFixedBytes(type, meaning);
            case INT96 -> null;
        };
    }

    /** A whole number. */
    @FunctionalInterface
    interface Whole {
        long of(ColumnReader value);
    }

    /** The digits of 32 bits without a sign. */
    @FunctionalInterface
    interface Unsigned {
        String of(int bits);
    }

    private static @Nullable ValueText ofIntegers(
            @Nullable LogicalTypeAnnotation meaning, Whole whole, @Nullable Unsigned unsigned) {
        if (meaning instanceof UnknownLogicalTypeAnnotation) {
            return (value, most) -> "";
        }
        if (meaning instanceof DateLogicalTypeAnnotation) {
            return (value, most) -> LocalDate.ofEpochDay(whole.of(value)).toString();
        }
        if (meaning instanceof TimeLogicalTypeAnnotation time) {
            int units = units(time.getUnit());
            return (value, most) -> timeOfDay(whole.of(value), units);
        }
        if (meaning instanceof TimestampLogicalTypeAnnotation time) {
            int units = units(time.getUnit());
            boolean inUtc = time.isAdjustedToUTC();
            return (value, most) -> {
                String text = instant(whole.of(value), units);
                return inUtc ? text : text.substring(0, text.length() - 1);
            };
        }
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            int scale = decimal.getScale();
            return isScale(scale)
                    ? (value, most) ->
                            BigDecimal.valueOf(whole.of(value), scale).toPlainString()
                    : null;
        }
        if (meaning instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
            return unsigned == null
                    ? (value, most) -> Long.toUnsignedString(whole.of(value))
                    : (value, most) -> unsigned.of((int) whole.of(value));
        }
        return meaning == null || meaning instanceof IntLogicalTypeAnnotation
                ? (value, most) -> Long.toString(whole.of(value))
                : null;
    }

    private static @Nullable ValueText ofBytes(@Nullable LogicalTypeAnnotation meaning) {
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            return ofDecimal(decimal.getScale());
        }
        boolean isText = meaning instanceof StringLogicalTypeAnnotation
                || meaning instanceof EnumLogicalTypeAnnotation
                || meaning instanceof JsonLogicalTypeAnnotation;
        return isText ? (value, most) -> utf8(value.getBinary(), most) : null;
    }

    private static @Nullable ValueText ofFixedBytes(PrimitiveType type, @Nullable LogicalTypeAnnotation meaning) {
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            return ofDecimal(decimal.getScale());
        }
        if (meaning instanceof UUIDLogicalTypeAnnotation) {
            return (value, most) -> {
                ByteBuffer bytes = value.getBinary().toByteBuffer();
                return new UUID(bytes.getLong(), bytes.getLong()).toString();
            };
        }
        return meaning instanceof Float16LogicalTypeAnnotation
                ? (value, most) ->
                        NumberText.of(Float.parseFloat(type.stringifier().stringify(value.getBinary())))
                : null;
    }

    private static boolean isScale(int scale) {
        return scale >= 0 && scale <= MOST_SCALE;
    }

    private static @Nullable ValueText ofDecimal(int scale) {
        return !isScale(scale)
                ? null
                : (value, most) -> {
                    Binary digits = value.getBinary();
                    if (digits.length() <= 0 || digits.length() > MOST_DECIMAL_BYTES) {
                        throw new UnreadableParquetException("a decimal has %d bytes; accepted: 1 to %d"
                                .formatted(digits.length(), MOST_DECIMAL_BYTES));
                    }
                    return new BigDecimal(new BigInteger(digits.getBytes()), scale).toPlainString();
                };
    }

    private static String utf8(Binary text, int most) throws UnreadableParquetException {
        if (text.length() > (long) MOST_BYTES_PER_CHARACTER * most) {
            throw new UnreadableParquetException(
                    "a text has %d bytes; accepted: up to %d characters (descent.upload.max-cell-length sets this limit)"
                            .formatted(text.length(), most));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(text.toByteBuffer())
                    .toString();
        } catch (CharacterCodingException invalid) {
            throw UnreadableParquetException.of("a text is not valid UTF-8", invalid);
        }
    }

    private static int units(LogicalTypeAnnotation.TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> 1_000;
            case MICROS -> 1_000_000;
            case NANOS -> 1_000_000_000;
        };
    }

    private static String timeOfDay(long time, int units) throws UnreadableParquetException {
        if (time < 0 || time >= SECONDS_A_DAY * units) {
            throw new UnreadableParquetException("%d is no time of a day in units of 1/%d s".formatted(time, units));
        }
        String text = instant(time, units);
        return text.substring(text.indexOf('T') + 1, text.length() - 1);
    }

    /** With no, three, six or nine digits of a second. */
    private static String instant(long time, int units) {
        long nanos = Math.floorMod(time, units) * (1_000_000_000L / units);
        return Instant.ofEpochSecond(Math.floorDiv(time, units), nanos).toString();
    }
}
