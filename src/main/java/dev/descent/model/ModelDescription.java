package dev.descent.model;

import dev.descent.core.Name;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.dataset.DatasetReading;
import dev.descent.store.StoredFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a model except its weights: the reading and the encoding of raw columns as inputs, the network with
 * its output layer, and the decoding of outputs into predictions.
 *
 * @param storedReading null for a model of version 1 of this form, which did not keep it
 */
record ModelDescription(
        @Name("encoders") List<ColumnEncoder> encoders,
        @Name("network") NetworkSpec network,
        @Name("target") TargetEncoder target,
        @Name("reading") @Nullable DatasetReading storedReading) {

    /** Its stored form. */
    static final StoredFormat FORMAT = new StoredFormat("model", 2);

    /** How rows to predict are read. */
    DatasetReading reading() {
        return Objects.requireNonNullElse(storedReading, DatasetReading.DEFAULT);
    }
}
