package dev.descent.job;

import dev.descent.job.lifecycle.JobStatus;
import dev.descent.store.Rows;
import jakarta.persistence.LockModeType;
import jakarta.persistence.QueryHint;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;

public interface TrainingJobRepository extends Rows<TrainingJob, String>, JpaSpecificationExecutor<TrainingJob> {

    String SKIP_LOCKED = "-2";

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select j from TrainingJob j where j.id = :id")
    Optional<TrainingJob> findAndLock(String id);

    /** The state of a job, as far as it determines what to do with it. */
    record Standing(String id, int version, JobStatus status, int attempt) {}

    @Query("""
            select new dev.descent.job.TrainingJobRepository$Standing(j.id, j.version, j.status, j.attempts.number)
            from TrainingJob j where j.id in :ids""")
    List<Standing> findStandings(Collection<String> ids);

    @Query("select cast(function('char_length', j.specification) as Integer) from TrainingJob j where j.id = :id")
    Optional<Integer> findSpecificationLength(String id);

    /** A heartbeat does not change the job, so its version stays the same. */
    @Modifying
    @Query("""
            update TrainingJob j set j.lease.until = :until
            where j.id = :id and j.attempts.number = :attempt and j.lease.until is not null""")
    void renewLease(String id, int attempt, Instant until);

    List<TrainingJob> findByStatus(JobStatus status);

    /** Jobs whose worker's lease has expired. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @QueryHints(@QueryHint(name = "jakarta.persistence.lock.timeout", value = SKIP_LOCKED))
    @Query("select j from TrainingJob j where j.status in :claimed and j.lease.until < :now")
    List<TrainingJob> findLostAndLock(Collection<JobStatus> claimed, Instant now);

    List<TrainingJob> findByDatasetIdAndStatusIn(String datasetId, Collection<JobStatus> statuses, Limit limit);

    @Query("select j.datasetId from TrainingJob j where j.id = :id")
    Optional<String> findDatasetId(String id);

    /** Other jobs of an owner whose test part of that dataset somebody has seen figures of. */
    @Query("""
            select j from TrainingJob j
            where j.datasetId = :datasetId and j.owner = :owner and j.testEvaluations > 0 and j.id <> :id""")
    List<TrainingJob> findOthersTested(String datasetId, String owner, String id);
}
