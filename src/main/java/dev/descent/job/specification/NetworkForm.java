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
 * A network in either of its two forms: a list of layers, or a graph of nodes with the name of its output node. An
 * empty list of layers is a linear model.
 */
public record NetworkForm(
        @Name("layers") @Nullable @Bounds(min = 0, max = MAX_LAYERS)
        List<LayerSpec> layers,

        @Name("nodes") @Nullable @Bounds(min = 1, max = MAX_LAYERS)
        List<NodeSpec> nodes,

        @Name("output") @Nullable @Bounds(min = 1, max = 100)
        String output) {

    static final int MAX_LAYERS = 1_000;

    /** The default network, for requests that specify none. */
    public static final NetworkForm USUAL =
            new NetworkForm(List.of(new LayerSpec.DenseSpec(64), new LayerSpec.ReluSpec()), null, null);

    /** For an autoencoder: narrows to a third of the inputs and widens again. */
    static NetworkForm autoencoder(int features) {
        int bottleneck = Math.max(1, Math.min(64, features / 3));
        return new NetworkForm(List.of(new LayerSpec.DenseSpec(bottleneck), new LayerSpec.TanhSpec()), null, null);
    }

    /** What an object without any fields is parsed as. */
    static final NetworkForm BLANK = new NetworkForm(null, null, null);

    public NetworkSpec toSpec() {
        if (nodes != null && output != null) {
            return new NetworkSpec(nodes, output);
        }
        return NetworkSpec.sequence(layers == null ? List.of() : layers);
    }

    /** The location of a violation of the network in the request. */
    public String pointerTo(NetworkViolation violation) {
        String list = layers == null ? "#/network/nodes/" : "#/network/layers/";
        if (violation.node() < 0) {
            return violation.part().isEmpty() ? "#/features" : "#/network/" + violation.part();
        }
        if (nodes != null && violation.node() >= nodes.size()) {
            // The output layer, which is implicit in the request: its input is what the client calls the output.
            return "#/network/output";
        }
        boolean partVisible = layers == null && !violation.part().isEmpty();
        return list + violation.node() + (partVisible ? "/" + violation.part() : "");
    }
}
