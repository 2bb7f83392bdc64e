package dev.descent.core.nn;

import java.util.List;

/**
 * One named layer of a network, and where its inputs come from.
 *
 * @param inputs names of other nodes, or {@link NetworkSpec#INPUT} for the batch
 */
public record NodeSpec(String name, LayerSpec layer, List<String> inputs) {

    public NodeSpec {
        inputs = List.copyOf(inputs);
    }
}
