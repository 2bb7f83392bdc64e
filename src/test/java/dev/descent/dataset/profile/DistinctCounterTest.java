package dev.descent.dataset.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.apache.datasketches.hll.HllSketch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctCounterTest {

    /** What is left out would have changed nothing. */
    @ParameterizedTest
    @ValueSource(ints = {10, 100, 700, 900, 5_000, 200_000})
    void theEstimateIsThatOfTheSketchThatTakesEveryText(int distinct) {
        HllSketch every = new HllSketch(13);
        DistinctCounter counter = new DistinctCounter();
        SplittableRandom random = new SplittableRandom(distinct);
        for (int i = 0; i < 2 * distinct; i++) {
            String text = text(random.nextInt(distinct));
            every.update(text);
            String around = "ä" + text + "\"";
            counter.add(around.toCharArray(), 1, 1 + text.length());
            if (i % 997 == 0) {
                assertThat(counter.estimate()).isEqualTo(every.getEstimate());
            }
        }
        assertThat(counter.estimate()).isEqualTo(every.getEstimate());
    }

    /** Of up to forty characters in several scripts, with half a pair among them, which JSON can have. */
    private static String text(int number) {
        String[] endings = {"", "ß", "値段", "\ud800", "😀", "a longer text by some letters", "12345678"};
        return Integer.toString(number).repeat(1 + number % 2) + endings[number % endings.length];
    }

    @Test
    void anEmptyTextCountsForNothing() {
        DistinctCounter counter = new DistinctCounter();
        counter.add(new char[0], 0, 0);
        counter.add("");
        assertThat(counter.estimate()).isZero();
    }
}
