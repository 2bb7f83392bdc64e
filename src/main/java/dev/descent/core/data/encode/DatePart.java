package dev.descent.core.data.encode;

import dev.descent.core.Name;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** A part of a date and time (UTC) as inputs. All but the year come round, so they are an angle: its sine and cosine. */
public enum DatePart {
    /** Standardized. */
    @Name("year")
    YEAR(0),
    /** Of twelve, January at 0. */
    @Name("month")
    MONTH(12),
    /** Of seven, Monday at 0. */
    @Name("day_of_week")
    DAY_OF_WEEK(7),
    /** Of 24, with minutes as a fraction. */
    @Name("hour")
    HOUR(24);

    private static final double SECONDS_A_DAY = 86_400;

    private final int period;

    DatePart(int period) {
        this.period = period;
    }

    /** The number of inputs. */
    public int width() {
        return period == 0 ? 1 : 2;
    }

    /** The part itself, in its own unit. */
    public double of(double day) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.round(day * SECONDS_A_DAY), 0, ZoneOffset.UTC);
        return switch (this) {
            case YEAR -> time.getYear();
            case MONTH -> time.getMonthValue() - 1;
            case DAY_OF_WEEK -> time.getDayOfWeek().getValue() - 1;
            case HOUR -> time.getHour() + time.getMinute() / 60.0;
        };
    }

    /**
     * Writes the inputs of a day; StrictMath, so that every machine has the same bits.
     *
     * @param year how a year is scaled
     */
    public void encode(double day, Scaling year, double[] inputs, int at) {
        double value = of(day);
        if (period == 0) {
            inputs[at] = year.apply(value);
        } else {
            double angle = 2 * Math.PI * value / period;
            inputs[at] = StrictMath.sin(angle);
            inputs[at + 1] = StrictMath.cos(angle);
        }
    }

    /** What tells an input from the others of its column. */
    public List<String> inputNames() {
        return switch (this) {
            case YEAR -> List.of("year");
            case MONTH -> List.of("month sin", "month cos");
            case DAY_OF_WEEK -> List.of("day of week sin", "day of week cos");
            case HOUR -> List.of("hour sin", "hour cos");
        };
    }
}
