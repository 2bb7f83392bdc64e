package dev.descent.core.nn;

import dev.descent.core.nn.layer.BufferSpec;
import dev.descent.core.nn.layer.Incoming;
import java.util.List;

/**
 * Which gradients of a network are needed, and which matrices it keeps besides its parameters. A {@link Network}
 * allocates exactly these; {@link NetworkMemory} adds them up.
 *
 * <p>Everything is indexed by node; {@link #BATCH} stands for the batch.
 */
final class BufferPlan {

    static final int BATCH = -1;

    private final Wiring wiring;
    private final int teamSize;
    private final boolean[] wanted;
    private final int[] gradients;

    BufferPlan(Wiring wiring, Network.Purpose purpose, int teamSize) {
        this.wiring = wiring;
        this.teamSize = teamSize;
        int count = wiring.nodes().size();
        // Node i is at index i + 1, after the batch.
        this.wanted = new boolean[count + 1];
        this.gradients = new int[count + 1];
        wanted[0] = purpose == Network.Purpose.INPUT_GRADIENT;
        for (int node = 0; node < count; node++) {
            wanted[node + 1] =
                    isInputGradientWanted(node) || wiring.nodes().get(node).parameterCount() > 0;
            if (wanted[node + 1]) {
                wiring.nodes().get(node).inputs().forEach(input -> gradients[input + 1]++);
            }
        }
    }

    /** Whether ∂loss/∂output leads to a parameter, or to the batch if its gradient is requested. */
    boolean isGradientWanted(int node) {
        return wanted[node + 1];
    }

    private boolean isInputGradientWanted(int node) {
        return wiring.nodes().get(node).inputs().stream().anyMatch(this::isGradientWanted);
    }

    /** Whether the node receives several gradients, which are added up in a separate matrix. */
    boolean isSummed(int node) {
        return isGradientWanted(node) && gradients[node + 1] > 1;
    }

    /** The width of a node's output, or of the batch. */
    int width(int node) {
        return node == BATCH ? wiring.inputWidth() : wiring.nodes().get(node).width();
    }

    Incoming incoming(int node) {
        return new Incoming(wiring.nodes().get(node).inputWidths(), wiring.batch());
    }

    /** The buffers of a node's layer. */
    List<BufferSpec> buffers(int node) {
        return wiring.nodes().get(node).spec().layer().buffers(incoming(node), isInputGradientWanted(node), teamSize);
    }
}
