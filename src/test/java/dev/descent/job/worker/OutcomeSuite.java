package dev.descent.job.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.descent.job.TrainingJobView;
import dev.descent.job.checkpoint.Checkpoint;
import dev.descent.job.checkpoint.CheckpointView;
import dev.descent.job.checkpoint.Snapshot;
import dev.descent.job.fold.Stage;
import dev.descent.job.lifecycle.JobError;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.lifecycle.StopReason;
import dev.descent.job.specification.ResolvedTraining;
import dev.descent.listing.Cursor;
import dev.descent.problem.ProblemException;
import dev.descent.store.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** How a run ends, what it leaves behind, and what is retried. */
abstract class OutcomeSuite extends StoreTest {

    @Test
    void aJobGoesFromTheQueueToItsModel() {
        ResolvedTraining training = training("life");
        String id = create(training).id();
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        Snapshot checkpoint = snapshot(2, bytes(1_000));
        progress.record(claim, Stage.ONLY, reports(1, 2), state(2), checkpoint);
        RunState.WorkerCommand answer = command(claim);
        Checkpoint stored = checkpoints.resumePoint(claim, Stage.ONLY).orElseThrow();
        outcomes.succeed(claim, StopReason.COMPLETED, result(claim, training, bytes(500)));

        TrainingJobView job = jobs.get(StoreTest.ADMIN, id);
        assertThat(claim).extracting(Claim::jobId, Claim::attempt).containsExactly(id, 1);
        assertThat(claim.specification()).isEqualTo(training.specification());
        assertThat(answer).isEqualTo(RunState.WorkerCommand.GO_ON);
        assertThat(stored.state()).isEqualTo(checkpoint.bytes());
        assertThat(stored.isIntact()).isTrue();
        assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(job.stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(job.progress().epoch()).isEqualTo(2);
        assertThat(job.best()).isEqualTo(new TrainingJobView.Best(2, 0.5, null));
        assertThat(job.model()).isEqualTo(new TrainingJobView.ModelReference("life", 1));
        assertThat(job.weightsSha256()).isEqualTo(Sha256.of(bytes(500)));
        assertThat(statuses(job)).containsExactly(JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.SUCCEEDED);
        assertThat(jobs.checkpoints(StoreTest.ADMIN, id))
                .as("the last and the best one")
                .extracting(CheckpointView::epoch, CheckpointView::best)
                .containsExactly(tuple(2, true));
        assertThat(claims.claim(ANY_MEMORY)).isEmpty();
    }

    /** Repeated, because the first one creates the model's row, and the others may encounter it in any state. */
    @RepeatedTest(5)
    void jobsThatEndTogetherGetVersionsWithoutGaps() throws Exception {
        ResolvedTraining training = training("versions");
        List<Callable<Boolean>> ends = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            create(training);
            Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
            TrainedResult result = result(claim, training, bytes(100_000));
            ends.add(() -> {
                outcomes.succeed(claim, StopReason.COMPLETED, result);
                return true;
            });
        }
        atOnce(ends);

        assertThat(sql.queryForList("select version from model_version order by version", Integer.class))
                .containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(sql.queryForObject("select newest_version from model", Integer.class))
                .isEqualTo(6);
        assertThat(list.page(StoreTest.ADMIN, new Cursor(20, "zzzz"), null, Map.of())
                        .data())
                .allSatisfy(job -> assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED));
    }

    @Test
    void anInfrastructureFaultIsRetriedLaterEachTimeAndNotForEver() {
        String id = create(training("m")).id();
        List<Duration> pauses = new ArrayList<>();
        for (int attempt = 1; attempt <= 2; attempt++) {
            Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
            Instant before = clock.instant();
            outcomes.retry(claim, "The disk is full");
            assertThat(claims.claim(ANY_MEMORY)).as("before its time").isEmpty();
            Instant due = sql.queryForObject(
                            "select not_before from training_job where id = ?", OffsetDateTime.class, id)
                    .toInstant();
            pauses.add(Duration.between(before, due));
            advance(Duration.ofMinutes(1));
        }
        outcomes.retry(claims.claim(ANY_MEMORY).orElseThrow(), "The disk is full");

        assertThat(pauses.get(0)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(pauses.get(1)).isGreaterThan(pauses.get(0));
        assertThat(jobs.get(StoreTest.ADMIN, id).status()).isEqualTo(JobStatus.FAILED);
        assertThat(jobs.get(StoreTest.ADMIN, id).error())
                .isEqualTo(new JobError(
                        "infrastructure", "3 attempts in a row came to nothing. The last: The disk is full", null));
    }

    @Test
    void aReasonOfAnyLengthIsKept() {
        String id = create(training("m")).id();
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();

        outcomes.retry(claim, "x".repeat(5_000));

        assertThat(jobs.get(StoreTest.ADMIN, id).status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void deletingAJobLeavesNothingOfIt() {
        String id = create(training("deleted", Map.of("team", "a"))).id();
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        progress.record(claim, Stage.ONLY, reports(1, 2), state(2), snapshot(2, bytes(10)));
        outcomes.fail(claim, StopReason.DIVERGED, "diverged", "The loss was no longer a finite number", null);
        List<String> tables = List.of("epoch", "checkpoint", "training_job_transition", "training_job_metadata");
        List<Integer> before = tables.stream().map(table -> rows(table, id)).toList();
        jobs.delete(StoreTest.ADMIN, id);

        assertThat(before).doesNotContain(0);
        assertThat(tables).allSatisfy(table -> assertThat(rows(table, id)).isZero());
        assertThatThrownBy(() -> jobs.get(StoreTest.ADMIN, id)).isInstanceOf(ProblemException.class);
    }
}
