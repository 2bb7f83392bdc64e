package dev.descent.core.data;

import static org.assertj.core.api.Assertions.assertThat;

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
}
