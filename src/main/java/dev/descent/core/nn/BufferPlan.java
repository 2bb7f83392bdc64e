package dev.descent.core.nn;

import dev.descent.core.nn.layer.BufferSpec;
import dev.descent.core.nn.layer.Incoming;
import java.util.List;

/**
 * Which gradients of a network are wanted, and which matrices it keeps besides its parameters. A {@link Network}
 * allocates what stands here and nothing else; {@link NetworkMemory} adds it up.
 *
 * <p>Everything is by node, and {@link #BATCH} is the batch.
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
        // Node i stands at i + 1, after the batch.
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

    /** Whether ∂loss/∂output leads to a parameter, or to the batch where that is asked for. */
    boolean isGradientWanted(int node) {
        return wanted[node + 1];
    }

    private boolean isInputGradientWanted(int node) {
        return wiring.nodes().get(node).inputs().stream().anyMatch(this::isGradientWanted);
    }

    /** Whether more than one gradient comes in, so that they are added up in a matrix of its own. */
    boolean isSummed(int node) {
        return isGradientWanted(node) && gradients[node + 1] > 1;
    }

    /** The columns of a node's output, or of the batch. */
    int width(int node) {
        return node == BATCH ? wiring.inputWidth() : wiring.nodes().get(node).width();
    }

    Incoming incoming(int node) {
        return new Incoming(wiring.nodes().get(node).inputWidths(), wiring.batch());
    }

    /** What a node's layer keeps. */
    List<BufferSpec> buffers(int node) {
        return wiring.nodes().get(node).spec().layer().buffers(incoming(node), isInputGradientWanted(node), teamSize);
    }
}
