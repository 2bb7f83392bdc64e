package dev.descent.job.checkpoint;

import dev.descent.store.Rows;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

public interface CheckpointRepository extends Rows<Checkpoint, String> {

    /** Newest first. */
    @Query("select c.id from Checkpoint c where c.jobId = :jobId order by c.step desc, c.id desc")
    List<String> findIds(String jobId);

    @Query("select c from Checkpoint c where c.jobId = :jobId and c.id = :id")
    Optional<Checkpoint> findOfJob(String jobId, String id);

    /** Newest first, without their bytes. */
    @Query("""
            select new dev.descent.job.checkpoint.CheckpointRepository$Summary(
              c.id, c.jobId, c.epoch, c.step, c.createdAt, c.bytes, c.sha256, c.bestEpoch,
              c.bestLoss, c.scores)
            from Checkpoint c where c.jobId = :jobId order by c.step desc, c.id desc""")
    List<Summary> findSummaries(String jobId);

    @Modifying
    @Query("delete from Checkpoint c where c.jobId = :jobId and c.id not in :kept")
    void deleteAllBut(String jobId, Collection<String> kept);

    @Modifying
    @Query("delete from Checkpoint c where c.jobId = :jobId")
    void deleteOfJob(String jobId);

    /** Everything except the bytes. */
    record Summary(
            String id,
            String jobId,
            int epoch,
            long step,
            Instant createdAt,
            long bytes,
            String sha256,
            @Nullable Integer bestEpoch,
            @Nullable Double bestLoss,
            @Nullable String scores) {

        /**
         * The checkpoint closest to its job's best epoch: every later one holds the weights of that epoch as well.
         *
         * @param newestFirst all checkpoints of a job
         * @return empty if no epoch had ended in any of them
         */
        public static Optional<Summary> best(List<Summary> newestFirst) {
            return newestFirst.stream()
                    .filter(checkpoint -> checkpoint.bestLoss() != null)
                    .min(Comparator.comparing(Summary::bestLoss).thenComparingLong(Summary::step));
        }
    }
}
