package dev.descent.dataset.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextTableTest {

    /**
     * Short and long strings, with single-byte and multi-byte characters and the character 0, some with common
     * prefixes.
     */
    private static final String CHARACTERS = "01ab\0\u007f\u0080\u00e9\u4e2d\ud83d\ude00";

    @Test
    void textsAreNumberedInTheOrderInWhichTheyCame() {
        SplittableRandom random = new SplittableRandom(5);
        TextTable table = new TextTable();
        Map<String, Integer> expected = new LinkedHashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String text = random.ints(random.nextInt(12), 0, CHARACTERS.length())
                    .mapToObj(at -> CHARACTERS.substring(at, at + 1))
                    .collect(Collectors.joining());
            String among = "<" + text + ">";
            assertThat(table.find(among.toCharArray(), 1, among.length() - 1))
                    .isEqualTo(expected.getOrDefault(text, TextTable.UNKNOWN));
            expected.putIfAbsent(text, expected.size());
            assertThat(table.add(text)).isEqualTo(expected.get(text));
        }

        assertThat(expected).hasSizeGreaterThan(5_000);
        assertThat(table.size()).isEqualTo(expected.size());
        assertThat(table.texts()).containsExactlyElementsOf(expected.keySet());
    }

    @Test
    void whatIsClearedIsGone() {
        TextTable table = TextTable.of(List.of("a", "a long text"));
        table.clear();

        assertThat(table.size()).isZero();
        assertThat(table.find("a".toCharArray(), 0, 1)).isEqualTo(TextTable.UNKNOWN);
        assertThat(table.add("b")).isZero();
    }

    @Test
    void theEmptyTextIsOneLikeAnyOther() {
        TextTable table = TextTable.of(List.of("", "x"));

        assertThat(table.find(new char[0], 0, 0)).isZero();
        assertThat(table.find("x".toCharArray(), 1, 1)).isZero();
        assertThat(new ArrayList<>(table.texts())).isEqualTo(List.of("", "x"));
    }

    @Test
    void numbersOfARunAllHavePlaces() {
        TextTable table = TextTable.of(
                IntStream.range(0, 3_000).mapToObj(Integer::toString).toList());

        assertThat(IntStream.range(0, 3_000)).allSatisfy(number -> {
            String text = Integer.toString(number);
            assertThat(table.find(text.toCharArray(), 0, text.length())).isEqualTo(number);
        });
    }
}
