package dev.descent.job;

import org.jspecify.annotations.Nullable;

/**
 * What a result depends on beside its specification.
 *
 * @param descent version of this service
 * @param blas what the loaded library says of itself
 */
record Provenance(
        String datasetSha256,
        long seed,
        int threads,
        String descent,
        @Nullable String nd4j,
        String blas,
        String java,
        String os) {}
