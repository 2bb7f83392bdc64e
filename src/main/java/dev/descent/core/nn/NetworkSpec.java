package dev.descent.core.nn;

import dev.descent.core.Name;
import dev.descent.core.nn.layer.BatchColumns;
import dev.descent.core.nn.layer.LayerSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A network as users specify it: named nodes in any order, without cycles.
 *
 * @param output the node whose output is the network's
 */
public record NetworkSpec(
        @Name("nodes") List<NodeSpec> nodes, @Name("output") String output) {

    /** The name of the batch as an input of a node. */
    public static final String INPUT = "input";

    /** The name of the node that {@link #withOutput} adds, unless another node already has it. */
    public static final String OUTPUT = "output";

    public NetworkSpec {
        nodes = List.copyOf(nodes);
    }

    /** A chain of layers named layer0, layer1 and so on. */
    public static NetworkSpec sequence(List<? extends LayerSpec> layers) {
        List<NodeSpec> nodes = new ArrayList<>();
        String last = INPUT;
        for (LayerSpec layer : layers) {
            String name = "layer" + nodes.size();
            nodes.add(new NodeSpec(name, layer, List.of(last)));
            last = name;
        }
        return new NetworkSpec(nodes, last);
    }

    /**
     * This network with a dense layer of the given width appended to its output: the width that the task requires,
     * whatever the user specified.
     */
    public NetworkSpec withOutput(int units) {
        List<String> names = nodes.stream().map(NodeSpec::name).toList();
        String free = OUTPUT;
        while (names.contains(free)) {
            free += "_";
        }
        List<NodeSpec> all = new ArrayList<>(nodes);
        all.add(new NodeSpec(free, new LayerSpec.DenseSpec(units), List.of(output)));
        return new NetworkSpec(all, free);
    }

    /**
     * Determines the order and the widths in which the nodes compute.
     *
     * @throws InvalidNetworkException for a cycle, an unknown input, an unused node or widths that don't fit
     */
    public Wiring wire(BatchColumns batch) {
        return new NetworkCompiler(this, batch).wire();
    }

    /**
     * The same for a batch whose widths are known only within bounds: every node is as wide as it can be.
     *
     * @throws InvalidNetworkException for problems that exist for every batch within the bounds
     */
    public Wiring wireBetween(BatchColumns narrowest, BatchColumns widest) {
        return NetworkCompiler.wireBetween(this, narrowest, widest);
    }

    /** The same for a batch of plain numbers. */
    public Wiring wire(int inputWidth) {
        return wire(BatchColumns.numeric(inputWidth));
    }

    /** Whether an embedding reads the given categorical column, so that its cells must be encoded as level indexes. */
    public boolean embeds(String column) {
        return nodes.stream().anyMatch(node -> node.layer().embeds(column));
    }
}
