package dev.descent.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class ThreadTeamTest {

    private static final int ROUNDS = 20_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void everyElementIsVisitedOnceInEachOfManyRounds(int size) {
        int[] counts = {1, 2, 5, 100, 511, 1_024, 1_500};
        AtomicIntegerArray visits = new AtomicIntegerArray(1_500);
        int[] expected = new int[1_500];
        try (ThreadTeam team = new ThreadTeam(size, Precision.FLOAT64)) {
            for (int round = 0; round < ROUNDS; round++) {
                int count = counts[round % counts.length];
                team.each(count, 1, (kernels, from, to) -> {
                    for (int i = from; i < to; i++) {
                        visits.incrementAndGet(i);
                    }
                });
                for (int i = 0; i < count; i++) {
                    expected[i]++;
                }
            }
        }
        assertThat(range(visits)).isEqualTo(expected);
    }

    private static int[] range(AtomicIntegerArray values) {
        int[] array = new int[values.length()];
        Arrays.setAll(array, values::get);
        return array;
    }

    @Test
    void aSumHasTheSameBitsWhoeverComputesItsParts() {
        SplittableRandom random = new SplittableRandom(7);
        double[] numbers = random.doubles(10_000).toArray();
        try (ThreadTeam team = new ThreadTeam(3, Precision.FLOAT64)) {
            double first = sum(team, numbers);
            for (int round = 0; round < 1_000; round++) {
                assertThat(sum(team, numbers)).isEqualTo(first);
            }
        }
    }

    private static double sum(ThreadTeam team, double[] numbers) {
        return team.sum(numbers.length, 1, (kernels, from, to) -> {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += numbers[i];
            }
            return sum;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aPartThatFailsFailsTheWholeAndTheTeamGoesOn(int failing) {
        try (ThreadTeam team = new ThreadTeam(3, Precision.FLOAT64)) {
            assertThatThrownBy(() -> team.each(3, 1, (kernels, from, to) -> {
                        if (from == failing) {
                            throw new OutOfMemoryError("part " + failing);
                        }
                    }))
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessage("part " + failing);
            List<Integer> done = new ArrayList<>();
            team.each(1, 1, (kernels, from, to) -> done.add(from));
            assertThat(done).containsExactly(0);
        }
    }

    /** The first part continues only once another thread is executing the second. */
    @Test
    void aHelperTakesItsPartWhereThereIsACoreForIt() {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
        CountDownLatch second = new CountDownLatch(1);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        try (ThreadTeam team = new ThreadTeam(2, Precision.FLOAT64)) {
            team.each(2, 1, (kernels, from, to) -> {
                threads.add(Thread.currentThread());
                if (from == 1) {
                    second.countDown();
                } else {
                    awaitOrFail(second);
                }
            });
        }
        assertThat(threads).hasSize(2);
    }

    private static void awaitOrFail(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void moreTeamsThanCoresFinishTheirWork() {
        List<CompletableFuture<Double>> sums = new ArrayList<>();
        double[] numbers = new SplittableRandom(7).doubles(10_000).toArray();
        for (int job = 0; job < 2 * Runtime.getRuntime().availableProcessors() + 1; job++) {
            sums.add(CompletableFuture.supplyAsync(() -> {
                try (ThreadTeam team = new ThreadTeam(4, Precision.FLOAT64)) {
                    double last = 0;
                    for (int round = 0; round < 2_000; round++) {
                        last = sum(team, numbers);
                    }
                    return last;
                }
            }));
        }
        assertThat(sums.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }

    @Test
    void aTeamHasAtLeastOneMember() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ThreadTeam(0, Precision.FLOAT64));
    }

    @ParameterizedTest
    @CsvSource({
        "32, 128, 784, false, false",
        "784, 128, 33, true, false",
        "100, 784, 128, false, true",
        "65, 71, 67, true, true",
        "1, 300, 500, false, false",
        "500, 1, 300, false, true"
    })
    void productsAgreeWithNd4jsInEveryLayoutAndPrecision(int rows, int columns, int inner, boolean ta, boolean tb) {
        for (Precision precision : Precision.values()) {
            Matrix a = random(precision, ta ? inner : rows, ta ? rows : inner, 1);
            Matrix b = random(precision, tb ? columns : inner, tb ? inner : columns, 2);
            Matrix c = random(precision, rows, columns, 3);
            INDArray expected = (ta ? a.array().transpose() : a.array())
                    .mmul(tb ? b.array().transpose() : b.array())
                    .muli(-0.5)
                    .addi(c.array());
            try (ThreadTeam team = new ThreadTeam(2, Precision.FLOAT64)) {
                team.multiply(-0.5, a, ta, b, tb, 1, c);
            }
            double tolerance = precision == Precision.FLOAT32 ? 1e-3 : 1e-11;
            assertThat(c.array().equalsWithEps(expected, tolerance)).isTrue();
            a.close();
            b.close();
            c.close();
        }
    }

    private static Matrix random(Precision precision, int rows, int columns, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix matrix = Matrix.zeros(precision, rows, columns);
        for (int i = 0; i < matrix.size(); i++) {
            matrix.set(i, random.nextDouble() - 0.5);
        }
        return matrix;
    }
}
