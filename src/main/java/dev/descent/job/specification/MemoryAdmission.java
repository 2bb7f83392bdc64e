package dev.descent.job.specification;

import dev.descent.core.Count;
import dev.descent.core.Names;
import dev.descent.core.Sizes;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.MatrixLimits;
import dev.descent.core.train.MemoryEstimate;
import dev.descent.core.train.Sampling;
import dev.descent.core.train.Shuffle;
import dev.descent.core.train.TrainingPlan;
import dev.descent.core.train.examples.DataSize;
import dev.descent.job.resource.Bytes;
import dev.descent.job.resource.Resources;
import dev.descent.problem.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether some worker has the memory for a job, and whether its examples are shuffled as a whole or in blocks: as the
 * client states, or else as a whole if they fit into memory with everything else, and in blocks if not.
 *
 * @param alive the workers, the largest first
 */
record MemoryAdmission(List<Resources> alive) {

    private static final long MAX_PARAMETERS = 1L << 27;

    /**
     * The job as it was admitted.
     *
     * @param violations why it is not; empty if it is
     */
    record Decision(
            Specification specification, MemoryEstimate memory, List<Violation> violations, List<String> warnings) {}

    Decision decide(Specification specification, ProfiledData data, Wiring wiring) {
        Shuffle stated = specification.hyperparameters().shuffle();
        if (stated != null) {
            return decide(specification, stated, data, wiring);
        }
        Decision whole = decide(specification, Shuffle.WHOLE, data, wiring);
        if (whole.violations().isEmpty() || specification.hyperparameters().sampling() != Sampling.SHUFFLE) {
            return whole;
        }
        Decision blocks = decide(specification, Shuffle.BLOCKS, data, wiring);
        long examples = Sizes.product(
                (long) wiring.inputWidth() * Float.BYTES, data.size().rows());
        String warning =
                "The encoded examples take up to %s, and with everything else jobs have %s of memory (descent.memory), and %s of heap (-Xmx): they stay on disk, and are shuffled in blocks"
                        .formatted(
                                Bytes.format(examples),
                                Bytes.format(alive.get(0).memoryBytes()),
                                Bytes.format(alive.get(0).heapBytes()));
        return new Decision(blocks.specification(), blocks.memory(), blocks.violations(), List.of(warning));
    }

    private Decision decide(Specification specification, Shuffle shuffle, ProfiledData data, Wiring wiring) {
        Specification decided = specification.with(shuffle);
        int threads = specification.threads() == null
                ? alive.stream().mapToInt(Resources::threads).max().orElseThrow()
                : specification.threads();
        TrainingPlan plan = decided.plan(wiring, data.target(), threads);
        DataSize size = data.size();
        MemoryEstimate needed = MemoryEstimate.of(plan, size);
        List<Violation> violations = new ArrayList<>(FitRules.ofData(MatrixLimits.violations(plan, size)));
        long parameters = wiring.parameterCount();
        if (parameters > MAX_PARAMETERS || needed.checkpointBytes() > Resources.MAX_CHECKPOINT_BYTES) {
            violations.add(new Violation(
                    "#/network",
                    "The network has %s, and a checkpoint of its training takes %s; accepted: up to %s and %s"
                            .formatted(
                                    Count.grouped(parameters, "parameter"),
                                    Bytes.format(needed.checkpointBytes()),
                                    Count.grouped(MAX_PARAMETERS, "parameter"),
                                    Bytes.format(Resources.MAX_CHECKPOINT_BYTES))));
        }
        if (alive.stream().noneMatch(worker -> worker.holds(needed.bytes(), needed.heapBytes()))) {
            Resources largest = alive.get(0);
            String accepted = "up to %s of memory (descent.memory), and %s of heap, half of a worker's (-Xmx)"
                    .formatted(Bytes.format(largest.memoryBytes()), Bytes.format(largest.heapBytes()));
            violations.add(FitRules.tooLarge(parameters, needed, accepted));
        }
        return new Decision(decided, needed, violations, List.of());
    }

    /** Rows are drawn from all rows, which blocks cannot do. */
    static List<Violation> ofSampling(Specification specification) {
        Sampling sampling = specification.hyperparameters().sampling();
        return sampling == Sampling.WITH_REPLACEMENT
                        && specification.hyperparameters().shuffle() == Shuffle.BLOCKS
                ? List.of(new Violation(
                        "#/hyperparameters/shuffle",
                        "shuffle is \"blocks\", but sampling \"%s\" draws from all examples; accepted: \"whole\", or sampling \"%s\""
                                .formatted(Names.of(sampling), Names.of(Sampling.SHUFFLE))))
                : List.of();
    }
}
