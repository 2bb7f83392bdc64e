package dev.descent.core.nn.layer;

import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * The context of a forward pass. Some layers, such as dropout and batch normalization, compute differently in training.
 *
 * @param isTraining whether the network learns from this pass
 * @param randomOfNode the random numbers of this pass for the node at an index
 */
public record Pass(boolean isTraining, IntFunction<RandomGenerator> randomOfNode) {

    /** Nothing random, nothing remembered. */
    public static final Pass EVALUATION = new Pass(false, node -> {
        throw new IllegalStateException("Nothing is random in an evaluation");
    });

    /** @param randomOfNode always the same numbers for the same step and node, whatever else is drawn */
    public static Pass training(IntFunction<RandomGenerator> randomOfNode) {
        return new Pass(true, randomOfNode);
    }
}
