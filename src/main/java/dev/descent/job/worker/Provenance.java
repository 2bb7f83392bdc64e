package dev.descent.job.worker;

import dev.descent.core.Name;
import org.jspecify.annotations.Nullable;

/**
 * What a result depends on besides its specification.
 *
 * @param descent the version of this service
 * @param blas how the loaded library describes itself
 */
record Provenance(
        @Name("dataset_sha256") String datasetSha256,
        @Name("seed") long seed,
        @Name("threads") int threads,
        @Name("descent") String descent,
        @Name("nd4j") @Nullable String nd4j,
        @Name("blas") String blas,
        @Name("java") String java,
        @Name("os") String os) {}
