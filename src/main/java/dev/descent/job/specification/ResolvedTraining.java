package dev.descent.job.specification;

import dev.descent.core.data.split.PartSizes;
import dev.descent.core.nn.Wiring;
import dev.descent.core.train.MemoryEstimate;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request that can be carried out, as far as is known. Does not hold the data, which takes memory and is read when
 * the job runs.
 *
 * @param parts the number of examples in each part; an upper bound if only the profile is known
 * @param wiring the widest possible one if only the profile is known
 * @param memory an upper bound, derived from the profile
 */
public record ResolvedTraining(
        Specification specification, PartSizes parts, Wiring wiring, MemoryEstimate memory, List<String> warnings) {

    /** The number of examples in the training part. */
    public int trainRows() {
        return Math.max(1, parts.train());
    }

    /** The total, of all fits. */
    public int epochs() {
        long epochs = (long) specification.split().fits()
                * specification.hyperparameters().totalEpochs(trainRows());
        return (int) Math.min(Integer.MAX_VALUE, epochs);
    }

    /** The same once the data has been read, still admitted with the resources derived from the profile. */
    ResolvedTraining with(PreparedTraining read) {
        return new ResolvedTraining(specification, read.data().split().sizes(), read.wiring(), memory, warnings);
    }

    ResolvedTraining with(List<String> further) {
        return new ResolvedTraining(specification, parts, wiring, memory, together(warnings, further));
    }

    ResolvedTraining with(String warning) {
        return with(List.of(warning));
    }

    /** The warnings from the profile, followed by those that only the data gives. */
    public static List<String> together(List<String> ofProfile, List<String> ofData) {
        return Stream.concat(ofProfile.stream(), ofData.stream()).distinct().toList();
    }
}
