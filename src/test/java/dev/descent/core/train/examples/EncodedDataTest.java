package dev.descent.core.train.examples;

import static dev.descent.core.TestTables.numbers;
import static dev.descent.core.TestTables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EncodedDataTest {

    @Test
    void encodingEndsAtAnyCancellationCheckAndKeepsNoMemory() {
        double[] values = IntStream.range(0, 5_000).asDoubleStream().toArray();
        PreparedData data = PreparedData.prepare(
                table(numbers("x", values), numbers("y", values)),
                PreparedDataTest.regression(new SplitSpec.RandomSpec(0.5, 0.5, 0, false, 0), null));
        AtomicInteger checks = new AtomicInteger();
        EncodedData.of(data, Precision.FLOAT32, checks::incrementAndGet).close();
        long before = Matrix.bytesHeld();

        assertThat(checks).as("in both parts").hasValueGreaterThan(4);
        for (int last = 1; last <= checks.get(); last++) {
            AtomicInteger left = new AtomicInteger(last);
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> EncodedData.of(data, Precision.FLOAT32, () -> {
                        if (left.decrementAndGet() == 0) {
                            throw new CancellationException();
                        }
                    }));
        }
        assertThat(Matrix.bytesHeld()).isEqualTo(before);
    }
}
