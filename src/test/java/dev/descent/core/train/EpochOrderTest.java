package dev.descent.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.data.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochOrderTest {

    private static final EpochOrder.Announcement NONE = EpochOrder.Announcement.NONE;

    private static int[] read(EpochOrder order, int count, int atOnce) {
        int[] all = new int[count];
        int[] some = new int[atOnce];
        for (int from = 0; from < count; from += atOnce) {
            int wanted = Math.min(atOnce, count - from);
            order.copy(from, wanted, some);
            System.arraycopy(some, 0, all, from, wanted);
        }
        return all;
    }

    private static EpochOrder blocks(long seed, int epoch, int count) {
        return new EpochOrder.Blocks(seed, epoch, count, 10, 4, NONE);
    }

    private static int[] sorted(int[] numbers) {
        return Arrays.stream(numbers).sorted().toArray();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "9, 3", "10, 7", "11, 11", "40, 16", "41, 16", "1234, 100", "1234, 1", "1234, 2000"})
    void blocksVisitEveryExampleOnce(int count, int batch) {
        assertThat(sorted(read(blocks(1, 0, count), count, batch)))
                .isEqualTo(IntStream.range(0, count).toArray());
    }

    @Test
    void theOrderDependsOnSeedAndEpochAlone() {
        int[] first = read(blocks(1, 0, 500), 500, 7);
        assertThat(read(blocks(1, 0, 500), 500, 500)).isEqualTo(first);
        assertThat(read(blocks(1, 1, 500), 500, 7)).isNotEqualTo(first);
        assertThat(read(blocks(2, 0, 500), 500, 7)).isNotEqualTo(first);
    }

    @Test
    void anOrderThatIsTakenUpInTheMiddleGoesOnAsItWould() {
        int[] whole = read(blocks(3, 2, 500), 500, 10);
        int[] rest = new int[200];
        blocks(3, 2, 500).copy(300, 200, rest);
        assertThat(rest).isEqualTo(Arrays.copyOfRange(whole, 300, 500));
    }

    /** Four blocks of ten rows make a pool; the last block of all has four rows. */
    @Test
    void aPoolTakesUpAllRowsOfItsBlocksBeforeTheNextOne() {
        int[] order = read(blocks(5, 0, 234), 234, 6);
        List<List<Integer>> pools = new ArrayList<>();
        int from = 0;
        while (from < order.length) {
            List<Integer> blocks = new ArrayList<>();
            int size = 0;
            for (int i = from; i < order.length && (blocks.size() < 4 || blocks.contains(order[i] / 10)); i++) {
                if (!blocks.contains(order[i] / 10)) {
                    blocks.add(order[i] / 10);
                }
                size++;
            }
            int[] rows = Arrays.copyOfRange(order, from, from + size);
            int expected =
                    blocks.stream().mapToInt(block -> block == 23 ? 4 : 10).sum();
            assertThat(rows).hasSize(expected);
            assertThat(sorted(rows)).isNotEqualTo(rows);
            pools.add(blocks.stream().sorted().toList());
            from += size;
        }
        assertThat(pools).hasSize(6);
        assertThat(pools.get(0)).isNotEqualTo(List.of(0, 1, 2, 3));
    }

    @Test
    void aPoolIsAnnouncedBeforeTheOneBeforeItIsVisited() {
        List<Integer> announced = new ArrayList<>();
        EpochOrder order = new EpochOrder.Blocks(5, 0, 200, 10, 4, (from, to) -> {
            assertThat(to - from).isEqualTo(10);
            announced.add(from / 10);
        });
        int[] some = new int[40];
        order.copy(0, 40, some);
        assertThat(announced).hasSize(8);
        assertThat(announced.subList(0, 4)).containsAll(distinctBlocks(some));
        order.copy(40, 40, some);
        assertThat(announced).hasSize(12);
        assertThat(announced.subList(4, 8)).containsAll(distinctBlocks(some));
        for (int from = 80; from < 200; from += 40) {
            order.copy(from, 40, some);
        }
        assertThat(announced).hasSize(20).doesNotHaveDuplicates();
    }

    private static List<Integer> distinctBlocks(int[] rows) {
        return Arrays.stream(rows).map(row -> row / 10).distinct().boxed().toList();
    }

    @ParameterizedTest
    @CsvSource({"1, 8192", "8, 8192", "9, 7281", "785, 83", "65536, 1", "1000000, 1"})
    void aBlockHasSome256KilobytesOfRows(int inputs, int rows) {
        assertThat(EpochOrder.Blocks.rows(inputs)).isEqualTo(rows);
    }

    @Test
    void theWholeIsShuffledUnlessBlocksAreWanted() {
        int[] expected = IntStream.range(0, 50).toArray();
        RandomStream.shuffle(expected, RandomStream.SHUFFLE.of(4, 2));
        Hyperparameters rules = Hyperparameters.of(1, 8, 4);
        assertThat(read(EpochOrder.of(rules, 2, 50, 3, NONE), 50, 8)).isEqualTo(expected);
        assertThat(read(EpochOrder.of(rules.with(Shuffle.WHOLE), 2, 50, 3, NONE), 50, 8))
                .isEqualTo(expected);
        assertThat(read(EpochOrder.of(rules.with(Shuffle.BLOCKS), 2, 50, 3, NONE), 50, 8))
                .isNotEqualTo(expected);
    }

    @Test
    void anOrderOfBlocksHoldsAPool() {
        Hyperparameters rules = Hyperparameters.of(1, 8, 4);
        assertThat(EpochOrder.heldNumbers(rules, 100_000_000, 64)).isEqualTo(100_000_000);
        assertThat(EpochOrder.heldNumbers(rules.with(Shuffle.BLOCKS), 100_000_000, 64))
                .isEqualTo(1_024 * 1_024 + 3 * 97_657);
        assertThat(EpochOrder.heldNumbers(rules.with(Shuffle.BLOCKS), 100, 64)).isEqualTo(103);
    }
}
