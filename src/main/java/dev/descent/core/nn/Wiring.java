package dev.descent.core.nn;

import dev.descent.core.Sizes;
import dev.descent.core.math.Matrix;
import dev.descent.core.nn.layer.BatchColumns;
import java.util.List;

/**
 * A network's nodes in topological order, with the width of everything that flows between them.
 *
 * @param batch what the columns of the batch mean
 * @param output the index into {@code nodes} of the network's output, or −1 if the batch itself is the output
 */
public record Wiring(BatchColumns batch, List<Node> nodes, int output) {

    /**
     * A wired node.
     *
     * @param inputs indexes into the list of nodes; −1 is the batch
     */
    public record Node(
            NodeSpec spec,
            List<Integer> inputs,
            List<Integer> inputWidths,
            int width,
            long parameterCount,
            long stateCount) {}

    /** The number of columns of the batch. */
    public int inputWidth() {
        return batch.width();
    }

    /** The number of scalars that training changes. */
    public long parameterCount() {
        return Sizes.sum(nodes.stream().mapToLong(Node::parameterCount));
    }

    /** The number of scalars stored with the parameters but not changed by gradients. */
    public long stateCount() {
        return Sizes.sum(nodes.stream().mapToLong(Node::stateCount));
    }

    /** The total width of all outputs: what one example takes in a forward pass. */
    public long widthOfAllNodes() {
        return Sizes.sum(nodes.stream().mapToLong(Node::width));
    }

    /** The width of the widest matrix with one row per example; every buffer of a layer is as wide as an input or output. */
    int widest() {
        return nodes.stream().mapToInt(Node::width).reduce(inputWidth(), Math::max);
    }

    /** As many rows of a batch as every matrix of the network can hold, at most {@code wanted}. */
    public int rowsWithin(int wanted) {
        return Math.max(1, Math.min(wanted, Matrix.MAX_ELEMENTS / Math.max(1, widest())));
    }

    public int outputWidth() {
        return output < 0 ? inputWidth() : nodes.get(output).width();
    }
}
