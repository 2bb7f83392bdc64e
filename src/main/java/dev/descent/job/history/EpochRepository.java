package dev.descent.job.history;

import dev.descent.store.Rows;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

public interface EpochRepository extends Rows<Epoch, EpochId> {

    List<Epoch> findByJobIdAndEpochGreaterThanOrderByEpoch(String jobId, int epoch, Limit limit);

    Optional<Epoch> findByJobIdAndEpoch(String jobId, int epoch);

    Stream<Epoch> streamByJobIdOrderByEpoch(String jobId);

    /** Epochs after a checkpoint are trained again after a resume. */
    @Modifying
    @Query("delete from Epoch e where e.jobId = :jobId and e.epoch > :epoch")
    void deleteAfter(String jobId, int epoch);
}
