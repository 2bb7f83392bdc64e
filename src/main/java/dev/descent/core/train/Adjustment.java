package dev.descent.core.train;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change of training that is under way; what is null stays as it is.
 *
 * @param learningRate the one that the schedule starts from
 * @param epochs in all; the epoch under way is always finished, and what is done stays done
 * @param patience of early stopping, in epochs
 */
public record Adjustment(
        @Nullable Double learningRate,
        @Nullable Integer epochs,
        @Nullable Integer patience) {

    /** {@code learning rate 0.001, epochs 40}: as it stands in a log. */
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
