package dev.descent.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellReaderTest {

    private static CellReader numbers(String decimal, String thousands, boolean percent, boolean currency) {
        return CellReader.of(new CellRules(decimal, thousands, percent, currency, ""));
    }

    private static double day(String pattern, String text) {
        return CellReader.of(new CellRules(".", "", false, false, pattern)).day(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,5 | 1.5",
                "-1.234.567,25 | -1234567.25",
                "1.234 | 1234",
                "999 | 999",
                "12345 | 12345",
                ",5 | 0.5",
                "5, | 5",
                "1,5e3 | 1500",
                "1.23 | NaN",
                "1234.567 | NaN",
                "1.234.56 | NaN",
                ".123 | NaN",
                "1..234 | NaN",
                "1,5,2 | NaN",
                "1,234.5 | NaN",
                "x | NaN",
                "- | NaN",
                "1,5x | NaN",
                "1e | NaN"
            })
    void aDecimalCommaAndPointsBetweenThousands(String text, double expected) {
        assertThat(numbers(",", ".", false, false).number(text)).isEqualTo(Double.valueOf(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12 345,5", "12\u00a0345,5", "12\u202f345,5", " 12 345,5 "})
    void everySpaceIsASpace(String text) {
        assertThat(numbers(",", " ", false, false).number(text)).isEqualTo(12_345.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12.5% | 0.125",
                "12.5 % | 0.125",
                "0.1% | 0.001",
                "-3% | -0.03",
                "7 | 7",
                "% | NaN",
                "1%% | NaN",
                "1e2% | 1"
            })
    void percentAreHundredths(String text, double expected) {
        assertThat(numbers(".", "", true, false).number(text)).isEqualTo(Double.valueOf(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$1,234.50 | 1234.5",
                "1,234.50 € | 1234.5",
                "-$5 | -5",
                "$-5 | -5",
                "€ 7 | 7",
                "USD 7 | 7",
                "7 EUR | 7",
                "(1,000.00) | -1000",
                "($3) | -3",
                "3 | 3",
                "$ | NaN",
                "$5$ | NaN",
                "-$-5 | NaN",
                "EURO 7 | NaN",
                "(3 | NaN"
            })
    void aCurrencyStandsOnEitherSide(String text, double expected) {
        assertThat(numbers(".", ",", false, true).number(text)).isEqualTo(Double.valueOf(expected));
    }

    @Test
    void nothingOfThatIsReadUnlessItIsDeclared() {
        for (String text : new String[] {"1,5", "1 000", "5%", "$5", "(5)"}) {
            assertThat(CellReader.PLAIN.number(text)).isNaN();
        }
        assertThat(CellReader.of(CellRules.DEFAULT)).isSameAs(CellReader.PLAIN);
    }

    @Test
    void datesAreReadByTheirPattern() {
        double expected = Cell.day("2026-02-03");
        assertThat(day("dd.MM.yyyy", "03.02.2026")).isEqualTo(expected);
        assertThat(day("d.M.uuuu", "3.2.2026")).isEqualTo(expected);
        assertThat(day("MM/dd/yy", "02/03/26")).isEqualTo(expected);
        assertThat(day("d MMM yyyy", "3 Feb 2026")).isEqualTo(expected);
        assertThat(day("d MMMM yyyy", "3 FEBRUARY 2026")).isEqualTo(expected);
        assertThat(day("dd.MM.yyyy HH:mm", "03.02.2026 12:00")).isEqualTo(expected + 0.5);
        assertThat(day("dd.MM.yyyy HH:mm XXX", "03.02.2026 12:00 +06:00")).isEqualTo(expected + 0.25);
        assertThat(day("", "2026-02-03")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"31.02.2026", "2026-02-03", "3.2.2026", "03.02.2026 x", "", "03.02.26"})
    void whatDoesNotFitThePatternIsNoDate(String text) {
        assertThat(day("dd.MM.yyyy", text)).isNaN();
    }

    @Test
    void aPatternIsChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> CellReader.formatter("bb"));
    }
}
