package dev.descent.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CellTest {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final String CHARACTERS = "0123456789++--..eEfx \u0663";

    @Test
    void aNumberIsWhatItsGrammarSays() {
        SplittableRandom random = new SplittableRandom(7);
        int numbers = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(9); length > 0; length--) {
                text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            String cell = text.toString();
            Double expected =
                    NUMBER.matcher(cell.strip()).matches() ? Double.valueOf(cell) : Double.valueOf(Double.NaN);
            assertThat(Cell.number(cell))
                    .as(cell)
                    .isEqualTo(expected.isInfinite() ? Double.valueOf(Double.NaN) : expected);
            numbers += expected.isNaN() ? 0 : 1;
        }
        assertThat(numbers).isGreaterThan(10_000);
    }

    /** With few digits and with many, to compare both ways of parsing with the library's result. */
    @Test
    void everyNumberIsTheDoubleNextToIt() {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 200_000; i++) {
            long digits = random.nextLong() >>> random.nextInt(64);
            int indices = random.nextInt(18);
            String cell = new BigDecimal(BigInteger.valueOf(digits), indices).toPlainString();
            assertThat(Cell.number(cell)).as(cell).isEqualTo(Double.parseDouble(cell));
        }
        assertThat(Cell.number("-0")).isEqualTo(-0.0);
        assertThat(Cell.number("007.50")).isEqualTo(7.5);
        assertThat(Cell.number("x12.5y".toCharArray(), 1, 5)).isEqualTo(12.5);
    }
}
