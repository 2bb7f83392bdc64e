package dev.descent.core.nn.layer;

import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * What a forward pass is for. Some layers compute otherwise while a network learns than when it is used: dropout, batch
 * normalization.
 *
 * @param isTraining whether the network learns from this pass
 * @param randomOfNode the random numbers of this pass for the node at an index
 */
public record Pass(boolean isTraining, IntFunction<RandomGenerator> randomOfNode) {

    /** The network is used as it is: nothing random, nothing remembered. */
    public static final Pass EVALUATION = new Pass(false, node -> {
        throw new IllegalStateException("Nothing is random in an evaluation");
    });

    /** @param randomOfNode the same numbers for the same step and node, whatever else draws some */
    public static Pass training(IntFunction<RandomGenerator> randomOfNode) {
        return new Pass(true, randomOfNode);
    }
}
