package dev.descent.model;

import dev.descent.core.Name;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.dataset.DatasetReading;
import dev.descent.job.fold.FoldModel;
import dev.descent.store.StoredFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a model except its weights: the reading and the encoding of raw columns as inputs, the network with
 * its output layer, and the decoding of outputs into predictions.
 *
 * <p>Of an ensemble, the first three are those of its first member.
 *
 * @param storedFurther the other members of an ensemble; null if there is one network
 * @param storedReading null for a model of version 1 of this form, which did not keep it
 */
record ModelDescription(
        @Name("encoders") List<ColumnEncoder> encoders,
        @Name("network") NetworkSpec network,
        @Name("target") TargetEncoder target,
        @Name("reading") @Nullable DatasetReading storedReading,
        @Name("further_members") @Nullable List<FoldModel.Description> storedFurther) {

    /** Its stored form. */
    static final StoredFormat FORMAT = new StoredFormat("model", 3);

    /** That of a model with one network, which earlier versions read as well. */
    private static final int OF_ONE = 2;

    /** Of what is written now. */
    int format() {
        return storedFurther == null ? OF_ONE : FORMAT.version();
    }

    /** All networks of which the model is the mean; of most models there is one. */
    List<FoldModel.Description> members() {
        List<FoldModel.Description> members = new ArrayList<>();
        members.add(new FoldModel.Description(encoders, network, target));
        members.addAll(Objects.requireNonNullElse(storedFurther, List.of()));
        return members;
    }

    /** How rows to predict are read. */
    DatasetReading reading() {
        return Objects.requireNonNullElse(storedReading, DatasetReading.DEFAULT);
    }
}
