package dev.descent.core.nn;

import dev.descent.core.Sizes;
import dev.descent.core.nn.layer.BufferSpec;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How many numbers a network holds in its own matrices, not counting its parameters, for each row of the largest batch.
 * Follows from its wiring alone.
 *
 * @param forward once a forward pass has been made
 * @param backward in addition, once a backward pass has been made
 */
public record NetworkMemory(long forward, long backward) {

    /**
     * What a network for training holds.
     *
     * @param teamSize the number of threads that compute it
     * @param batches the sizes of the batches that occur, in rows
     */
    public static NetworkMemory of(Wiring wiring, int teamSize, int... batches) {
        return of(wiring, teamSize, buffer -> IntStream.of(batches).anyMatch(buffer.isFor()));
    }

    /**
     * The most that a network for training can hold, whatever the batch sizes, even if it turns out narrower than its
     * wiring says.
     */
    public static NetworkMemory atMost(Wiring wiring, int teamSize) {
        return of(wiring, teamSize, buffer -> true);
    }

    private static NetworkMemory of(Wiring wiring, int teamSize, Predicate<BufferSpec> isNeeded) {
        BufferPlan plan = new BufferPlan(wiring, Network.Purpose.TRAINING, teamSize);
        long forward = 0;
        long backward = 0;
        for (int node = BufferPlan.BATCH; node < wiring.nodes().size(); node++) {
            backward = Sizes.sum(backward, plan.isSummed(node) ? plan.width(node) : 0);
            if (node != BufferPlan.BATCH) {
                forward = Sizes.sum(forward, columns(plan, node, BufferSpec.Phase.FORWARD, isNeeded));
                backward = Sizes.sum(
                        backward,
                        plan.isGradientWanted(node) ? columns(plan, node, BufferSpec.Phase.BACKWARD, isNeeded) : 0);
            }
        }
        return new NetworkMemory(forward, backward);
    }

    private static long columns(BufferPlan plan, int node, BufferSpec.Phase phase, Predicate<BufferSpec> isNeeded) {
        return Sizes.sum(plan.buffers(node).stream()
                .filter(buffer -> buffer.phase() == phase)
                .filter(isNeeded)
                .mapToLong(BufferSpec::columns));
    }
}
