package dev.descent.core.data.split;

import static dev.descent.core.TestTables.levels;
import static dev.descent.core.TestTables.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.data.Column;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GroupSplitTest {

    @Test
    void noGroupIsInTwoPartsAndEveryRowIsInOne() {
        for (int seed = 0; seed < 500; seed++) {
            int[] groups = randomGroups(seed);
            SplitSpec.GroupSpec spec = randomShares(seed);

            Split split = deal(spec, groups);

            List<Set<Integer>> parts = Stream.of(split.train(), split.validation(), split.test())
                    .map(rows ->
                            Arrays.stream(rows).map(row -> groups[row]).boxed().collect(Collectors.toSet()))
                    .toList();
            Set<Integer> all = new HashSet<>();
            parts.forEach(all::addAll);
            assertThat(parts.stream().mapToInt(Set::size).sum()).isEqualTo(all.size());
            assertThat(Stream.of(split.train(), split.validation(), split.test())
                            .flatMapToInt(Arrays::stream)
                            .sorted())
                    .containsExactly(IntStream.range(0, groups.length).boxed().toArray(Integer[]::new));
            assertThat(parts.stream().filter(part -> !part.isEmpty()).count())
                    .isEqualTo(Math.min(all.size(), spec.shares().parts()));
        }
    }

    @Test
    void noPartExceedsItsShareByMoreThanTheLargestGroup() {
        for (int seed = 0; seed < 2_000; seed++) {
            int[] groups = randomGroups(seed);
            SplitSpec.GroupSpec spec = randomShares(seed);
            long largest = Arrays.stream(groups)
                    .boxed()
                    .collect(Collectors.groupingBy(group -> group, Collectors.counting()))
                    .values()
                    .stream()
                    .mapToLong(rows -> rows)
                    .max()
                    .orElseThrow();

            PartSizes sizes = deal(spec, groups).sizes();

            PartSizes most = Split.mostSizes(groups.length, largest, spec.shares());
            assertThat(sizes.train()).isLessThanOrEqualTo(most.train());
            assertThat(sizes.validation()).isLessThanOrEqualTo(most.validation());
            assertThat(sizes.test()).isLessThanOrEqualTo(most.test());
        }
    }

    @Test
    void equalGroupsMeetTheSharesExactly() {
        int[] groups = IntStream.range(0, 200).map(row -> row % 20).toArray();

        for (int seed = 0; seed < 50; seed++) {
            assertThat(deal(spec(8, 1, 1, seed), groups).sizes()).isEqualTo(new PartSizes(160, 20, 20));
        }
    }

    @Test
    void manySmallGroupsEvenOutALargeOne() {
        int[] groups =
                IntStream.range(0, 300).map(row -> Math.max(0, row - 150)).toArray();

        for (int seed = 0; seed < 50; seed++) {
            assertThat(deal(spec(6, 2, 2, seed), groups).sizes()).isEqualTo(new PartSizes(180, 60, 60));
        }
    }

    /** Otherwise a part would have the small groups alone, and its score would be that of small groups. */
    @Test
    void largeGroupsAreTestedNearlyAsOftenAsSmallOnes() {
        int[] groups = IntStream.range(0, 40)
                .flatMap(group -> IntStream.range(0, group < 20 ? 2 : 8).map(row -> group))
                .toArray();
        int[] tested = new int[40];

        for (int seed = 0; seed < 2_000; seed++) {
            Arrays.stream(deal(spec(8, 1, 1, seed), groups).test())
                    .map(row -> groups[row])
                    .distinct()
                    .forEach(group -> tested[group]++);
        }

        // A share of 0.1 is 200; the last large groups fit nowhere but in the training part.
        double small =
                IntStream.range(0, 20).map(group -> tested[group]).average().orElseThrow();
        double large =
                IntStream.range(20, 40).map(group -> tested[group]).average().orElseThrow();
        assertThat(small).isBetween(200.0, 300.0);
        assertThat(large).isBetween(170.0, 200.0);
    }

    @Test
    void theSameSeedGivesTheSameSplitAndAnotherSeedAnother() {
        int[] groups = IntStream.range(0, 100).map(row -> row % 25).toArray();

        assertThat(deal(spec(8, 1, 1, 7), groups))
                .usingRecursiveComparison()
                .isEqualTo(deal(spec(8, 1, 1, 7), groups))
                .isNotEqualTo(deal(spec(8, 1, 1, 8), groups));
    }

    @Test
    void numbersAreGroupsAsWellAsLevels() {
        int[] groups = randomGroups(3);
        int[] rows = IntStream.range(0, groups.length).toArray();
        Column.Levels names =
                levels("g", Arrays.stream(groups).mapToObj(group -> "g" + group).toArray(String[]::new));

        assertThat(all(Split.byGroup(rows, names, spec(8, 1, 1, 2)))).hasSize(groups.length);
        assertThat(all(deal(spec(8, 1, 1, 2), groups))).hasSize(groups.length);
    }

    private static int[] all(Split split) {
        return Stream.of(split.train(), split.validation(), split.test())
                .flatMapToInt(Arrays::stream)
                .toArray();
    }

    private static int[] randomGroups(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int most = random.nextInt(1, 40);
        return random.ints(random.nextInt(1, 90), 0, most).toArray();
    }

    private static SplitSpec.GroupSpec randomShares(int seed) {
        SplittableRandom random = new SplittableRandom(seed + 1_000_000);
        return spec(random.nextInt(1, 9), random.nextInt(3), random.nextInt(3), seed);
    }

    private static SplitSpec.GroupSpec spec(double train, double validation, double test, long seed) {
        return new SplitSpec.GroupSpec("g", train, validation, test, seed);
    }

    private static Split deal(SplitSpec.GroupSpec spec, int... groups) {
        double[] values = Arrays.stream(groups).asDoubleStream().toArray();
        return Split.byGroup(IntStream.range(0, groups.length).toArray(), numbers("g", values), spec);
    }
}
