package dev.descent.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

    @Test
    void numbersOfASeedStayTheSameFromReleaseToRelease() {
        assertThat(RandomStream.SPLIT.of(0, 0).nextLong()).isEqualTo(4720248854425330031L);
        assertThat(RandomStream.WEIGHTS.of(42, 0).nextDouble()).isEqualTo(0.5591533076026075);
        assertThat(RandomStream.SHUFFLE.of(-7, 99).nextInt(1_000_000)).isEqualTo(554_033);
        int[] numbers = IntStream.range(0, 10).toArray();
        RandomStream.shuffle(numbers, RandomStream.SHUFFLE.of(0, 0));
        assertThat(numbers).containsExactly(4, 3, 5, 0, 9, 6, 2, 8, 7, 1);
    }

    @Test
    void everySeedPurposeAndIndexHasAStreamOfItsOwn() {
        Set<Long> first = new HashSet<>();
        for (RandomStream purpose : RandomStream.values()) {
            for (long seed = -20; seed <= 20; seed++) {
                for (int index = 0; index < 50; index++) {
                    first.add(purpose.of(seed, index).nextLong());
                }
            }
        }

        assertThat(first).hasSize(RandomStream.values().length * 41 * 50);
    }

    @Test
    void aStreamDoesNotDependOnWhatWasDrawnBefore() {
        long expected = RandomStream.SHUFFLE.of(3, 5).nextLong();

        RandomStream.SHUFFLE.of(3, 4).longs(100).sum();
        RandomStream.WEIGHTS.of(3, 5).longs(100).sum();

        assertThat(RandomStream.SHUFFLE.of(3, 5).nextLong()).isEqualTo(expected);
    }

    @Test
    void shufflingPutsEveryNumberInEveryPlaceEquallyOften() {
        int[][] seen = new int[5][5];
        for (int index = 0; index < 5_000; index++) {
            int[] numbers = IntStream.range(0, 5).toArray();
            RandomStream.shuffle(numbers, RandomStream.SHUFFLE.of(1, index));
            assertThat(Arrays.stream(numbers).sorted()).containsExactly(0, 1, 2, 3, 4);
            for (int place = 0; place < 5; place++) {
                seen[place][numbers[place]]++;
            }
        }

        // The mean is 1,000; 5 standard deviations are 141.
        assertThat(Arrays.stream(seen).flatMapToInt(Arrays::stream))
                .allSatisfy(count -> assertThat(count).isBetween(859, 1_141));
    }
}
