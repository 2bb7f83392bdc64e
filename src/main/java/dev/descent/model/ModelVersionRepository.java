package dev.descent.model;

import dev.descent.store.Rows;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

interface ModelVersionRepository extends Rows<ModelVersion, ModelVersionId> {

    @Query("select v.version from ModelVersion v where v.modelId = :modelId order by v.version")
    List<Integer> findNumbers(String modelId);

    @Query("select max(v.version) from ModelVersion v where v.modelId = :modelId")
    Optional<Integer> findNewest(String modelId);

    /** What a job made, without its weights. */
    @Query("select new dev.descent.model.ModelVersionRepository$OfJob(v.modelId, v.version, v.evaluation) "
            + "from ModelVersion v where v.jobId = :jobId")
    Optional<OfJob> findOfJob(String jobId);

    /** @param evaluation {@link EvaluationSummary} as JSON */
    record OfJob(String modelId, int version, String evaluation) {}

    /** Without reading its weights. */
    @Modifying
    @Query("delete from ModelVersion v where v.modelId = :modelId and v.version = :version")
    int deleteOne(String modelId, int version);
}
