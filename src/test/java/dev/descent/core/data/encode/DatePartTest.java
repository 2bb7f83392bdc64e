package dev.descent.core.data.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of a time are those of UTC, on both sides of 1970, and come round as an angle. */
class DatePartTest {

    private static final Scaling AS_IT_IS = new Scaling.None();

    private static double day(String time) {
        return LocalDateTime.parse(time).toEpochSecond(ZoneOffset.UTC) / 86_400.0;
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29T23:59:59, 2024, 1, 3, 23.98333333",
        "1969-12-31T12:30:00, 1969, 11, 2, 12.5",
        "1970-01-01T00:00:00, 1970, 0, 3, 0",
        "0001-01-01T06:00:00, 1, 0, 0, 6"
    })
    void aTimeHasItsParts(String time, double year, double month, double dayOfWeek, double hour) {
        assertThat(DatePart.YEAR.of(day(time))).isEqualTo(year);
        assertThat(DatePart.MONTH.of(day(time))).isEqualTo(month);
        assertThat(DatePart.DAY_OF_WEEK.of(day(time))).isEqualTo(dayOfWeek);
        assertThat(DatePart.HOUR.of(day(time))).isCloseTo(hour, within(1e-8));
    }

    @ParameterizedTest
    @CsvSource({
        "MONTH, 2023-01-05T00:00:00, 0, 1",
        "MONTH, 2023-04-05T00:00:00, 1, 0",
        "MONTH, 2023-07-05T00:00:00, 0, -1",
        "DAY_OF_WEEK, 2024-01-01T00:00:00, 0, 1",
        "HOUR, 2024-01-01T18:00:00, -1, 0",
        "HOUR, 2024-01-01T12:00:00, 0, -1"
    })
    void whatComesRoundIsAnAngle(DatePart part, String time, double sine, double cosine) {
        double[] inputs = {9, 9, 9, 9};
        part.encode(day(time), AS_IT_IS, inputs, 1);

        assertThat(inputs[0]).isEqualTo(9);
        assertThat(inputs[1]).isCloseTo(sine, within(1e-12));
        assertThat(inputs[2]).isCloseTo(cosine, within(1e-12));
        assertThat(inputs[3]).isEqualTo(9);
        assertThat(part.inputNames()).hasSize(part.width());
    }

    @ParameterizedTest
    @CsvSource({"2024-01-01T00:00:00, 2024", "1969-12-31T23:59:59, 1969"})
    void aYearIsANumber(String time, double year) {
        double[] inputs = new double[1];
        DatePart.YEAR.encode(day(time), AS_IT_IS, inputs, 0);

        assertThat(inputs).containsExactly(year);
    }
}
