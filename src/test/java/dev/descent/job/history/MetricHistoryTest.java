package dev.descent.job.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricHistoryTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"4, 5", "4, 1000", "5, 6", "5, 137", "10, 11", "10, 1000", "100, 101", "100, 10000", "499, 500"})
    void aSampleKeepsTheEndsAndTheExtremesAndIsNeverTooLong(int maxPoints, int epochs) {
        SplittableRandom random = new SplittableRandom(maxPoints + 31L * epochs);
        for (int round = 0; round < 20; round++) {
            List<MetricPoint> all = IntStream.rangeClosed(1, epochs)
                    .mapToObj(epoch -> point(epoch, random.nextDouble(), random.nextDouble()))
                    .toList();

            MetricHistory history = history(all, maxPoints, MetricColumns.names());

            List<Integer> kept = epochs(history);
            assertThat(history.sampled()).isTrue();
            assertThat(kept).hasSizeLessThanOrEqualTo(maxPoints).isSorted().doesNotHaveDuplicates();
            assertThat(kept).contains(1, epochs, extreme(all, 1), extreme(all, -1));
        }
    }

    /** The epoch with the largest (sign 1) or smallest (sign −1) validation loss. */
    private static int extreme(List<MetricPoint> all, int sign) {
        return all.stream()
                .max((a, b) -> sign * Double.compare(a.decisiveLoss(), b.decisiveLoss()))
                .orElseThrow()
                .epoch();
    }

    @ParameterizedTest
    @CsvSource({"10, 1000", "50, 1001", "500, 100000"})
    void aSampleLeavesNoGapMuchWiderThanTheOthers(int maxPoints, int epochs) {
        List<MetricPoint> all = IntStream.rangeClosed(1, epochs)
                .mapToObj(epoch -> point(epoch, epoch == 2 ? 0 : epoch == 3 ? 2 : 1, null))
                .toList();

        List<Integer> kept = epochs(history(all, maxPoints, MetricColumns.names()));

        assertThat(kept).hasSize(maxPoints);
        for (int i = 1; i < kept.size(); i++) {
            assertThat(kept.get(i) - kept.get(i - 1)).isLessThanOrEqualTo((epochs - 1) / (maxPoints - 3) + 2);
        }
    }

    private static List<Integer> epochs(MetricHistory history) {
        List<Integer> epochs = new ArrayList<>();
        history.data().forEach(entry -> epochs.add((Integer) entry.get("epoch")));
        return epochs;
    }

    @Test
    void aHistoryThatIsShortEnoughIsWhole() {
        List<MetricPoint> all = List.of(point(1, 3, 2.0), point(2, 1, 5.0), point(3, 2, 4.0), point(4, 0, 3.0));
        MetricHistory history = history(all, 4, MetricColumns.names());
        assertThat(history.object()).isEqualTo("metric_history");
        assertThat(history.sampled()).isFalse();
        assertThat(epochs(history)).containsExactly(1, 2, 3, 4);
        assertThat(history(List.of(), 4, MetricColumns.names()).data()).isEmpty();
    }

    @Test
    void anEntryHasTheScoresThatExistAndWereAskedFor() {
        List<MetricPoint> all = List.of(point(1, 3, null), point(2, 1, 5.0));
        MetricHistory history =
                history(all, 10, Set.of("validation_loss", "learning_rate", "train_accuracy", "foreign"));
        assertThat(history.data().get(0).keySet()).containsExactly("epoch", "step", "at", "learning_rate");
        assertThat(history.data().get(1).keySet())
                .containsExactly("epoch", "step", "at", "validation_loss", "learning_rate");
        assertThat(history.data().get(1)).containsEntry("validation_loss", 5.0).containsEntry("step", 20L);
    }

    @Test
    void theCsvHasAColumnForEveryScoreAndNothingWhereAnEpochHasNone() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MetricCsv csv = new MetricCsv(bytes, MetricColumns.names(), false)) {
            csv.write(point(1, 0.5, null));
            csv.write(point(2, 1e-9, 0.25));
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("epoch,step,at,train_loss,validation_loss,train_accuracy,validation_accuracy,train_rmse,"
                        + "validation_rmse,train_r2,validation_r2,learning_rate,gradient_norm,samples_per_second\n"
                        + "1,10,2026-01-01T00:00:00Z,0.5,,,,,,,,0.01,1.5,1000.0\n"
                        + "2,20,2026-01-01T00:00:00Z,1.0E-9,0.25,,,,,,,0.01,1.5,1000.0\n");
    }

    private static MetricHistory history(List<MetricPoint> all, int maxPoints, Set<String> keys) {
        return MetricHistory.of(MetricReader.atMost(maxPoints, all::forEach), keys);
    }

    private static MetricPoint point(int epoch, double trainLoss, @Nullable Double validationLoss) {
        Map<String, Double> metrics = new HashMap<>(Map.of(
                "train_loss", trainLoss, "learning_rate", 0.01, "gradient_norm", 1.5, "samples_per_second", 1000.0));
        if (validationLoss != null) {
            metrics.put("validation_loss", validationLoss);
        }
        return new MetricPoint(epoch, 10L * epoch, AT, metrics);
    }
}
