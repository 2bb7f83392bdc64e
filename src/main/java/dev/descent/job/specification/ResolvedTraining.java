package dev.descent.job.specification;

import dev.descent.core.nn.Wiring;
import dev.descent.core.train.MemoryEstimate;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request that can be carried out, as far as is known. The data is not among it: it takes memory, and is read when
 * the job runs.
 *
 * @param trainRows the examples of the training part; the most that there can be, where only the profile of the data is
 *     known
 * @param wiring likewise at its widest
 * @param memory the most that the job takes, by the profile
 */
public record ResolvedTraining(
        Specification specification, int trainRows, Wiring wiring, MemoryEstimate memory, List<String> warnings) {

    /** In all. */
    public int epochs() {
        return specification.hyperparameters().totalEpochs(trainRows);
    }

    /** The same once the data is read; what the job is let in with stays what the profile says. */
    ResolvedTraining with(PreparedTraining read) {
        return new ResolvedTraining(specification, read.trainRows(), read.wiring(), memory, warnings);
    }

    ResolvedTraining with(List<String> further) {
        return new ResolvedTraining(specification, trainRows, wiring, memory, together(warnings, further));
    }

    ResolvedTraining with(String warning) {
        return with(List.of(warning));
    }

    /** Warnings of a profile, and then what the data itself has to say besides. */
    public static List<String> together(List<String> ofProfile, List<String> ofData) {
        return Stream.concat(ofProfile.stream(), ofData.stream()).distinct().toList();
    }
}
