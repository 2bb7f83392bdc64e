package dev.descent.retention;

import dev.descent.core.Name;
import java.util.List;

/**
 * What was removed, or would be.
 *
 * @param bytes of files, checkpoints and weights
 * @param liveJobs that must be cancelled first
 */
record Erasure(
        @Name("object") String object,
        @Name("dataset_sha256") String datasetSha256,
        @Name("dry_run") boolean dryRun,
        @Name("dataset_count") int datasetCount,
        @Name("job_count") int jobCount,
        @Name("version_count") int versionCount,
        @Name("bytes") long bytes,
        @Name("datasets") List<String> datasets,
        @Name("jobs") List<String> jobs,
        @Name("versions") List<Version> versions,
        @Name("live_jobs") List<String> liveJobs) {

    record Version(
            @Name("model") String model,
            @Name("owner") String owner,
            @Name("version") int version) {}
}
