package dev.descent.core.nn;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.core.Unwrapped;
import dev.descent.core.nn.layer.LayerSpec;
import java.util.List;

/**
 * One named layer of a network and the sources of its inputs.
 *
 * @param inputs names of other nodes, or {@link NetworkSpec#INPUT} for the batch
 */
public record NodeSpec(
        @Name("name") @Bounds(min = 1, max = 100) String name,
        @Unwrapped LayerSpec layer,
        @Name("inputs") @Bounds(min = 1, max = 64) List<String> inputs) {

    public NodeSpec {
        inputs = List.copyOf(inputs);
    }
}
