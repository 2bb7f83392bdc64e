package dev.descent.core.nn;

import dev.descent.core.nn.layer.Dense;
import dev.descent.core.nn.layer.Incoming;
import dev.descent.core.nn.layer.LayerSpec;
import java.util.stream.IntStream;

/** The numbers that a network holds in matrices of its own, besides its parameters; known from its wiring alone. */
public final class NetworkMemory {

    private final Wiring wiring;
    private final boolean[] wanted;

    public NetworkMemory(Wiring wiring) {
        this.wiring = wiring;
        int count = wiring.nodes().size();
        // Index 0 is the batch: node i stands at i + 1. As in Network.
        this.wanted = new boolean[count + 1];
        for (int node = 0; node < count; node++) {
            wanted[node + 1] = inputWanted(node) || wiring.nodes().get(node).parameterCount() > 0;
        }
    }

    private boolean inputWanted(int node) {
        return wiring.nodes().get(node).inputs().stream().anyMatch(input -> wanted[input + 1]);
    }

    private LayerSpec.Buffers buffers(int node) {
        Wiring.Node wired = wiring.nodes().get(node);
        return wired.spec().layer().buffers(new Incoming(wired.inputWidths(), wiring.batch()), inputWanted(node));
    }

    private IntStream nodes() {
        return IntStream.range(0, wiring.nodes().size());
    }

    /** For each example of the largest batch, once a forward pass was made. */
    public long forward() {
        return nodes().mapToLong(node -> buffers(node).forward()).sum();
    }

    /** For each example of the largest batch besides, once a backward pass was made. */
    public long backward() {
        return nodes().filter(node -> wanted[node + 1])
                        .mapToLong(node -> buffers(node).backward())
                        .sum()
                + sums();
    }

    /** Where more than one gradient comes in, they are added up in a matrix of its own. */
    private long sums() {
        int[] gradients = new int[wanted.length];
        gradients[wiring.output() + 1]++;
        nodes().filter(node -> wanted[node + 1] && givesInputGradient(node))
                .forEach(node -> wiring.nodes().get(node).inputs().forEach(input -> gradients[input + 1]++));
        return IntStream.range(0, gradients.length)
                .filter(index -> gradients[index] > 1)
                .mapToLong(index -> index == 0
                        ? wiring.inputWidth()
                        : wiring.nodes().get(index - 1).width())
                .sum();
    }

    private boolean givesInputGradient(int node) {
        return inputWanted(node) || wiring.nodes().get(node).spec().layer().alwaysGivesInputGradient();
    }

    /**
     * For each example of the largest batch besides: the shares of a crew's members in the outputs of dense layers.
     *
     * @param batches the sizes of batches that come
     */
    public long shares(int teamSize, int... batches) {
        return nodes().mapToLong(node -> shares(node, teamSize, batches)).sum();
    }

    private long shares(int node, int teamSize, int... batches) {
        Wiring.Node wired = wiring.nodes().get(node);
        if (!(wired.spec().layer() instanceof LayerSpec.DenseSpec)) {
            return 0;
        }
        int most = IntStream.of(batches)
                .map(rows -> Dense.shares(rows, wired.inputWidths().get(0), wired.width(), teamSize))
                .max()
                .orElse(1);
        return (most - 1L) * wired.width();
    }
}
