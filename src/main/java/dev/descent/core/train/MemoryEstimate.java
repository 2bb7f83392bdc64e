package dev.descent.core.train;

import dev.descent.core.nn.Precision;
import dev.descent.core.nn.Wiring;

/** How many bytes a training run takes outside the Java heap, known before any of them is allocated. */
public final class MemoryEstimate {

    private MemoryEstimate() {}

    /**
     * Values, gradients, best values and moments of each parameter; outputs and gradients of each node for the largest batch; and the encoded
     * examples.
     *
     * @param momentCount what the optimizer remembers per parameter
     */
    public static long bytes(
            Wiring wiring,
            int momentCount,
            Hyperparameters hyperparameters,
            int trainRows,
            int validationRows,
            int testRows) {
        long copies = 3L + momentCount;
        long rows = Trainer.maxRows(hyperparameters, trainRows, validationRows);
        long exampleRows = (long) trainRows
                + validationRows
                + testRows
                + hyperparameters.batchSize().within(trainRows);
        double numbers = (double) copies * wiring.parameterCount()
                + 2.0 * wiring.stateCount()
                + 2.0 * rows * wiring.widthOfAllNodes()
                + (double) exampleRows * (wiring.inputWidth() + 1);
        return (long) (numbers * Precision.FLOAT32.bytes());
    }
}
