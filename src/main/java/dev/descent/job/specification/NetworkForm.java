package dev.descent.job.specification;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.NetworkViolation;
import dev.descent.core.nn.NodeSpec;
import dev.descent.core.nn.layer.LayerSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network in one of the two ways to write it: a list of layers, or a graph of nodes with the name of the one whose
 * output counts. An empty list of layers is a linear model.
 */
public record NetworkForm(
        @Name("layers") @Nullable @Bounds(min = 0, max = MAX_LAYERS)
        List<LayerSpec> layers,

        @Name("nodes") @Nullable @Bounds(min = 1, max = MAX_LAYERS)
        List<NodeSpec> nodes,

        @Name("output") @Nullable @Bounds(min = 1, max = 100)
        String output) {

    static final int MAX_LAYERS = 1_000;

    /** What trains where a request says nothing of a network. */
    public static final NetworkForm USUAL =
            new NetworkForm(List.of(new LayerSpec.DenseSpec(64), new LayerSpec.ReluSpec()), null, null);

    /** Down to a third of the inputs and back, for an autoencoder. */
    static NetworkForm autoencoder(int features) {
        int bottleneck = Math.max(1, Math.min(64, features / 3));
        return new NetworkForm(List.of(new LayerSpec.DenseSpec(bottleneck), new LayerSpec.TanhSpec()), null, null);
    }

    /** What an object without any field is read as. */
    static final NetworkForm BLANK = new NetworkForm(null, null, null);

    public NetworkSpec toSpec() {
        if (nodes != null && output != null) {
            return new NetworkSpec(nodes, output);
        }
        return NetworkSpec.sequence(layers == null ? List.of() : layers);
    }

    /** Where a flaw of the network lies in the request. */
    public String pointerTo(NetworkViolation violation) {
        String list = layers == null ? "#/network/nodes/" : "#/network/layers/";
        if (violation.node() < 0) {
            return "#/network/" + violation.part();
        }
        if (nodes != null && violation.node() >= nodes.size()) {
            // The output layer, which no client wrote: its input is what the client calls the output.
            return "#/network/output";
        }
        boolean partVisible = layers == null && !violation.part().isEmpty();
        return list + violation.node() + (partVisible ? "/" + violation.part() : "");
    }
}
