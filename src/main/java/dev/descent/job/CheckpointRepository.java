package dev.descent.job;

import java.util.Optional;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.ListCrudRepository;

interface CheckpointRepository extends ListCrudRepository<Checkpoint, String> {

    Optional<Checkpoint> findFirstByJobIdOrderByEpochDesc(String jobId);

    @Modifying
    @Query("delete from Checkpoint c where c.jobId = :jobId and c.epoch < :epoch")
    void deleteBefore(String jobId, int epoch);
}
