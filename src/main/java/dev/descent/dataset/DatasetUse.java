package dev.descent.dataset;

import java.util.Optional;

/** A feature that may still need a dataset and thus prevents its deletion. */
public interface DatasetUse {

    /** Who needs it, such as {@code training job job_…}, and whose that is. */
    record User(String name, String owner) {}

    /** The current user of the dataset; called in the transaction that deletes it. */
    Optional<User> userOf(String datasetId);
}
