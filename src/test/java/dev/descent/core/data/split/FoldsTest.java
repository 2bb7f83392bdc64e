package dev.descent.core.data.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {

    @Test
    void everyRowIsHeldOutOnceAndTrainedOnInAllOtherFolds() {
        int[] rows = IntStream.range(0, 103).map(row -> 3 * row).toArray();

        for (int folds = 2; folds <= Folds.MOST; folds++) {
            Folds dealt = Folds.deal(rows, new int[rows.length], folds, folds, 0);
            int[] heldOut = IntStream.range(0, folds)
                    .mapToObj(dealt::split)
                    .flatMapToInt(split -> Arrays.stream(split.validation()))
                    .sorted()
                    .toArray();

            assertThat(heldOut).isEqualTo(rows);
            for (int fold = 0; fold < folds; fold++) {
                Split split = dealt.split(fold);
                assertThat(split.test()).isEmpty();
                assertThat(split.train()).isSorted();
                assertThat(split.validation()).isSorted();
                assertThat(IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation()))
                                .sorted())
                        .containsExactly(Arrays.stream(rows).boxed().toArray(Integer[]::new));
            }
        }
    }

    @Test
    void foldsAndTheirSharesOfEachStratumDifferByOneRowAtMost() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int[] rows = IntStream.range(0, 60 + random.nextInt(100)).toArray();
            int count = 1 + random.nextInt(6);
            int[] strata = Arrays.stream(rows).map(row -> random.nextInt(count)).toArray();
            int folds = 2 + random.nextInt(9);

            Folds dealt = Folds.deal(rows, strata, folds, seed, seed % 3);

            assertThat(dealt.sizes()).isEqualTo(Folds.sizes(rows.length, folds));
            for (int stratum = 0; stratum < count; stratum++) {
                int which = stratum;
                long rowsOfStratum =
                        Arrays.stream(strata).filter(other -> other == which).count();
                for (int fold = 0; fold < folds; fold++) {
                    int[] heldOut = dealt.split(fold).validation();
                    assertThat(heldOut).hasSize(dealt.sizes()[fold]);
                    assertThat(Arrays.stream(heldOut)
                                    .filter(row -> strata[row] == which)
                                    .count())
                            .isBetween(rowsOfStratum / folds, (rowsOfStratum + folds - 1) / folds);
                }
            }
        }
    }

    @Test
    void noGroupIsInTwoFoldsAndNoFoldIsEmpty() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int folds = 2 + random.nextInt(9);
            // Of more codes than there are groups, as of a column whose other levels are in rows without a target.
            int[] groups = IntStream.range(0, 200)
                    .map(row -> row < folds ? row : random.nextInt(folds + 20))
                    .toArray();
            int[] rows = IntStream.range(0, groups.length).toArray();
            int largest = Arrays.stream(GroupSplit.sizes(groups)).max().orElseThrow();

            Folds dealt = Folds.dealGroups(rows, groups, folds, seed, 0);

            Set<Integer> seen = new HashSet<>();
            for (int fold = 0; fold < folds; fold++) {
                Split split = dealt.split(fold);
                Set<Integer> own = Arrays.stream(split.validation())
                        .mapToObj(row -> groups[row])
                        .collect(Collectors.toSet());
                assertThat(own).isNotEmpty().noneMatch(seen::contains);
                assertThat(split.validation())
                        .hasSize(dealt.sizes()[fold])
                        .hasSizeLessThanOrEqualTo(rows.length / folds + largest);
                seen.addAll(own);
            }
            assertThat(seen).hasSize((int) Arrays.stream(groups).distinct().count());
        }
    }

    @Test
    void equalGroupsMakeEqualFolds() {
        int[] groups = IntStream.range(0, 200).map(row -> row % 20).toArray();
        int[] rows = IntStream.range(0, groups.length).toArray();

        assertThat(Folds.dealGroups(rows, groups, 5, 1, 0).sizes()).containsOnly(40);
    }

    @Test
    void aSeedAndARepeatSayWhichRowsAreDealtTogether() {
        int[] rows = IntStream.range(0, 100).toArray();
        int[] strata = Arrays.stream(rows).map(row -> row % 3).toArray();

        assertThat(heldOut(Folds.deal(rows, strata, 5, 7, 1))).isEqualTo(heldOut(Folds.deal(rows, strata, 5, 7, 1)));
        assertThat(heldOut(Folds.deal(rows, strata, 5, 7, 1))).isNotEqualTo(heldOut(Folds.deal(rows, strata, 5, 7, 0)));
        assertThat(heldOut(Folds.deal(rows, strata, 5, 7, 1))).isNotEqualTo(heldOut(Folds.deal(rows, strata, 5, 8, 1)));
        assertThat(heldOut(Folds.dealGroups(rows, strata, 3, 7, 1)))
                .isEqualTo(heldOut(Folds.dealGroups(rows, strata, 3, 7, 1)));
    }

    private static int[] heldOut(Folds folds) {
        return folds.split(0).validation();
    }
}
