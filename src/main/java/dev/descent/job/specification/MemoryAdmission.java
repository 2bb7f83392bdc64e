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
import dev.descent.dataset.DatasetInfo;
import dev.descent.job.resource.Bytes;
import dev.descent.job.resource.JobProperties;
import dev.descent.job.resource.Resources;
import dev.descent.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether some worker has the memory for a job, and whether its examples are shuffled as a whole or in blocks: as the
 * client states, or else as a whole if they fit into memory with everything else, and in blocks if not.
 *
 * @param dataset of the job
 * @param alive the workers, the largest first
 */
record MemoryAdmission(DatasetInfo dataset, List<Resources> alive) {

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
        boolean mayBeBlocks =
                specification.hyperparameters().sampling() == Sampling.SHUFFLE && !specification.isCrossValidation();
        if (whole.violations().isEmpty() || !mayBeBlocks) {
            return whole;
        }
        Decision blocks = decide(specification, Shuffle.BLOCKS, data, wiring);
        long examples = Sizes.product(
                (long) wiring.inputWidth() * Float.BYTES,
                data.size(Shuffle.BLOCKS).rows());
        String warning =
                "The encoded examples take up to %s, and with what else the job needs they do not fit into %s of memory (descent.memory) and %s of heap (-Xmx): they stay on disk, and are shuffled in blocks"
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
        DataSize size = data.size(shuffle);
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
        long ofMembers = (long) ((double) size.members() * (parameters + wiring.stateCount()) * Float.BYTES);
        if (size.members() > 1 && ofMembers > Resources.MAX_CHECKPOINT_BYTES) {
            violations.add(new Violation(
                    "#/split/ensemble",
                    "The %d networks of the ensemble take %s; accepted: up to %s"
                            .formatted(
                                    size.members(),
                                    Bytes.format(ofMembers),
                                    Bytes.format(Resources.MAX_CHECKPOINT_BYTES))));
        }
        if (alive.stream().noneMatch(worker -> worker.holds(needed.bytes(), needed.heapBytes()))) {
            Resources largest = alive.get(0);
            String accepted = "up to %s of memory (descent.memory), and %s of heap, half of a worker's (-Xmx)"
                    .formatted(Bytes.format(largest.memoryBytes()), Bytes.format(largest.heapBytes()));
            violations.add(FitRules.tooLarge(parameters, needed, accepted));
        }
        violations.addAll(ofTable(decided, dataset));
        return new Decision(decided, needed, violations, List.of());
    }

    /** Why the table cannot be read, if so; until it is decided where numbers are, they take no heap. */
    static List<Violation> ofTable(Specification specification, DatasetInfo dataset) {
        long needed = heapToPrepare(specification, dataset);
        long available = JobProperties.heapOfTables();
        return needed > available
                ? List.of(
                        FitRules.tooLarge(specification, dataset, needed, available, "a quarter of this server's heap"))
                : List.of();
    }

    /** The heap needed to prepare the data, in bytes. */
    static long heapToPrepare(Specification specification, DatasetInfo dataset) {
        DatasetInfo read = dataset.asWritten(specification.columnsAsWritten());
        boolean withNumbers = specification.hyperparameters().shuffle() == Shuffle.WHOLE
                || specification.hyperparameters().sampling() == Sampling.WITH_REPLACEMENT
                || specification.isCrossValidation();
        long bytes = read.heapBytes(Set.copyOf(specification.columns()), withNumbers);
        return MemoryEstimate.heapToPrepare(bytes, read.rows());
    }

    /** Each fit has other examples, which are not kept. */
    static List<Violation> ofFolds(Specification specification) {
        return specification.isCrossValidation()
                        && specification.hyperparameters().shuffle() == Shuffle.BLOCKS
                ? List.of(
                        new Violation(
                                "#/hyperparameters/shuffle",
                                "shuffle is \"blocks\", but the examples of a cross-validation are in memory; accepted: \"whole\""))
                : List.of();
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
