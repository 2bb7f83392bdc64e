package dev.descent.core.train;

import dev.descent.core.nn.Matrix;
import java.util.List;

/**
 * All that training needs to go on after an epoch as if nothing had happened, together with its plan and examples. Randomness is not in it: every
 * epoch draws from a stream of its own.
 *
 * @param epoch the number of epochs done
 * @param step the number of optimizer steps done
 * @param weights 1 × parameters
 * @param moments of the optimizer, each 1 × parameters
 * @param bestEpoch the epoch with the least loss so far; 0 before the first
 * @param bestLoss that loss
 * @param bestWeights the weights after that epoch
 */
public record TrainingState(
        int epoch,
        long step,
        Matrix weights,
        List<Matrix> moments,
        int bestEpoch,
        double bestLoss,
        Matrix bestWeights) {}
