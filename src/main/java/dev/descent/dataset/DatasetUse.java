package dev.descent.dataset;

import java.util.Optional;

/** A feature that may still need a dataset and thus prevents its deletion. */
public interface DatasetUse {

    /**
     * The current user of the dataset, such as {@code training job job_…}; called in the transaction that deletes it.
     */
    Optional<String> userOf(String datasetId);
}
