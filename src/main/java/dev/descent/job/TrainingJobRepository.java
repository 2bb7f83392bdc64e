package dev.descent.job;

import jakarta.persistence.LockModeType;
import jakarta.persistence.QueryHint;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.QueryHints;
import org.springframework.data.repository.ListCrudRepository;

interface TrainingJobRepository extends ListCrudRepository<TrainingJob, String>, JpaSpecificationExecutor<TrainingJob> {

    String SKIP_LOCKED = "-2";

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select j from TrainingJob j where j.id = :id")
    Optional<TrainingJob> findAndLock(String id);

    /** Queued jobs, the oldest first, that no other worker is claiming at this moment. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @QueryHints(@QueryHint(name = "jakarta.persistence.lock.timeout", value = SKIP_LOCKED))
    @Query("select j from TrainingJob j where j.status = dev.descent.job.JobStatus.QUEUED order by j.id")
    List<TrainingJob> findQueuedAndLock(Limit limit);

    /** Jobs whose worker gave no sign of life for too long. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @QueryHints(@QueryHint(name = "jakarta.persistence.lock.timeout", value = SKIP_LOCKED))
    @Query("select j from TrainingJob j where j.status in :claimed and j.leaseUntil < :now")
    List<TrainingJob> findLostAndLock(Collection<JobStatus> claimed, Instant now);

    List<TrainingJob> findByDatasetIdAndStatusIn(String datasetId, Collection<JobStatus> statuses, Limit limit);
}
