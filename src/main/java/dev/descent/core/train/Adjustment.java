package dev.descent.core.train;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change to a running training; null leaves a setting unchanged.
 *
 * @param learningRate the base rate of the schedule
 * @param epochs the new total; the current epoch is always finished, and finished epochs are kept
 * @param patience of early stopping, in epochs
 */
public record Adjustment(
        @Nullable Double learningRate,
        @Nullable Integer epochs,
        @Nullable Integer patience) {

    /** {@code learning rate 0.001, epochs 40}, for log messages. */
    @Override
    public String toString() {
        return Stream.of(
                        learningRate == null ? null : "learning rate " + learningRate,
                        epochs == null ? null : "epochs " + epochs,
                        patience == null ? null : "patience " + patience)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }
}
