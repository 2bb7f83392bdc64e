package dev.descent.core.train.evaluate;

import dev.descent.core.math.Matrix;
import dev.descent.core.nn.Network;
import dev.descent.core.nn.Wiring;
import java.util.List;

/**
 * The values of one parameter or state matrix of a trained network.
 *
 * @param name such as {@code layer0.weight}
 */
public record NamedWeights(String name, Matrix values) {

    /** Names the parts of a matrix with all values of a network. */
    public static List<NamedWeights> of(Wiring wiring, Matrix all) {
        try (Network network = new Network(wiring, all, 1, Network.Purpose.TRAINING)) {
            return network.parameters().byName().entrySet().stream()
                    .map(entry -> new NamedWeights(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }
}
