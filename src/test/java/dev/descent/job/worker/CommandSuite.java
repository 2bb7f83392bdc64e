package dev.descent.job.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.train.Adjustment;
import dev.descent.job.TrainingJobView;
import dev.descent.job.checkpoint.Checkpoint;
import dev.descent.job.checkpoint.CheckpointRepository;
import dev.descent.job.checkpoint.Snapshot;
import dev.descent.job.lifecycle.Change;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.lifecycle.StopReason;
import dev.descent.job.specification.ResolvedTraining;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Client requests for a job that is running, up to its very end. */
abstract class CommandSuite extends StoreTest {

    @Autowired
    private CheckpointRepository checkpoints;

    @Test
    void aClientNeedsNotWaitForACheckpointThatIsBeingWritten() throws Exception {
        String id = create(training("m")).id();
        claims.claim(ANY_MEMORY);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            transactions.executeWithoutResult(written -> {
                checkpoints.saveAndFlush(new Checkpoint(
                        "ckpt_large",
                        id,
                        new Snapshot(1, 1, null, null, null, new byte[1 << 20], "0"),
                        null,
                        clock.instant()));
                assertThat(other.submit(() -> jobs.cancel(StoreTest.ADMIN, id)))
                        .succeedsWithin(Duration.ofSeconds(5))
                        .extracting(TrainingJobView::status)
                        .isEqualTo(JobStatus.CANCELLING);
            });
        } finally {
            other.shutdown();
        }
    }

    @Test
    void aChangeThatComesAtTheVeryEndIsTakenUpFirst() {
        ResolvedTraining training = training("m");
        String id = create(training).id();
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        TrainedResult result = result(claim, training, bytes(10));
        jobs.change(StoreTest.ADMIN, id, new Adjustment(null, 500, null));

        assertThat(outcomes.succeed(claim, StopReason.COMPLETED, result)).isFalse();
        assertThat(jobs.get(StoreTest.ADMIN, id).status()).isEqualTo(JobStatus.RUNNING);

        Change change = commands.changes(claim).get(0);
        commands.takeUp(claim, change, new Adjustment(null, 501, null), 20);
        assertThat(commands.changes(claim).get(0).adjustment().epochs()).isEqualTo(501);
        assertThat(jobs.get(StoreTest.ADMIN, id).progress().epochs()).isEqualTo(501);
        assertThat(outcomes.succeed(claim, StopReason.COMPLETED, result)).isTrue();
        assertThat(jobs.get(StoreTest.ADMIN, id).status()).isEqualTo(JobStatus.SUCCEEDED);
    }

    @Test
    void aCancellationThatCameBeforeAFailureWins() {
        String id = create(training("m")).id();
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        jobs.cancel(StoreTest.ADMIN, id);

        outcomes.fail(claim, StopReason.DIVERGED, "diverged", "The loss is no number", null);

        assertThat(jobs.get(StoreTest.ADMIN, id).status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void pausingAtTheVeryEndLeavesTheJobSucceededOrPaused() throws Exception {
        for (int round = 0; round < 20; round++) {
            ResolvedTraining training = training("race");
            String id = create(training).id();
            Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
            TrainedResult result = result(claim, training, bytes(1_000));
            atOnce(List.of(
                    () -> {
                        try {
                            return jobs.pause(StoreTest.ADMIN, id).status() == JobStatus.PAUSING;
                        } catch (ProblemException ended) {
                            return false;
                        }
                    },
                    () -> {
                        outcomes.succeed(claim, StopReason.COMPLETED, result);
                        return true;
                    }));

            assertThat(jobs.get(StoreTest.ADMIN, id).status()).isEqualTo(JobStatus.SUCCEEDED);
            assertThat(rows("model_version", id)).isEqualTo(1);
        }
    }

    @Test
    void cancellingAtTheVeryEndLeavesOneEndAndNoModelOfACancelledJob() throws Exception {
        for (int round = 0; round < 40; round++) {
            ResolvedTraining training = training("race");
            String id = create(training).id();
            Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
            TrainedResult result = result(claim, training, bytes(1_000));
            List<Boolean> accepted = atOnce(List.of(() -> cancels(id), () -> {
                outcomes.succeed(claim, StopReason.COMPLETED, result);
                return true;
            }));

            TrainingJobView job = jobs.get(StoreTest.ADMIN, id);
            boolean cancelled = accepted.get(0);
            assertThat(job.status()).isEqualTo(cancelled ? JobStatus.CANCELLED : JobStatus.SUCCEEDED);
            assertThat(statuses(job)).filteredOn(JobStatus::isTerminal).hasSize(1);
            assertThat(rows("model_version", id)).isEqualTo(cancelled ? 0 : 1);
        }
    }

    private boolean cancels(String id) {
        try {
            jobs.cancel(StoreTest.ADMIN, id);
            return true;
        } catch (ProblemException ended) {
            assertThat(ended.problem()).isEqualTo(Problem.CONFLICT);
            return false;
        }
    }
}
