package dev.descent.dataset;

import java.util.Optional;

/** Something that may still need a dataset, and so keeps it from being deleted. */
public interface DatasetUse {

    /** Who uses the dataset right now, such as {@code training job job_…}; asked in the transaction that deletes. */
    Optional<String> userOf(String datasetId);
}
