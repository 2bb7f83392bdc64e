package dev.descent.core.nn;

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
        return nodes.stream().mapToLong(Node::parameterCount).sum();
    }

    /** The number of scalars stored with the parameters but not changed by gradients. */
    public long stateCount() {
        return nodes.stream().mapToLong(Node::stateCount).sum();
    }

    /** The total width of all outputs: what one example takes in a forward pass. */
    public long widthOfAllNodes() {
        return nodes.stream().mapToLong(Node::width).sum();
    }

    public int outputWidth() {
        return output < 0 ? inputWidth() : nodes.get(output).width();
    }
}
