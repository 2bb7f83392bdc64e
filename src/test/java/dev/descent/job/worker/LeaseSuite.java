package dev.descent.job.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.job.Attempts;
import dev.descent.job.fold.Stage;
import dev.descent.job.history.MetricPoint;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.lifecycle.StopReason;
import dev.descent.job.specification.ResolvedTraining;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Workers that die, and workers that come back. */
abstract class LeaseSuite extends StoreTest {

    private static final Duration PAST_THE_LEASE = Duration.ofMinutes(2);

    @Autowired
    private Leases leases;

    @Test
    void ofAJobThatIsGoneNothingIsWritten() {
        String id = create(training("m")).id();
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        outcomes.fail(claim, StopReason.ERROR, "code", "message", null);
        jobs.delete(StoreTest.ADMIN, id);

        assertThatThrownBy(() -> progress.record(claim, Stage.ONLY, reports(1), state(1), snapshot(1, bytes(10))))
                .isInstanceOf(StaleClaimException.class);
        assertThatThrownBy(() -> checkpoints.resumePoint(claim, Stage.ONLY)).isInstanceOf(StaleClaimException.class);
    }

    @Test
    void aStaleClaimIsRefusedAndLeavesNoTrace() {
        ResolvedTraining training = training("stale");
        String id = create(training).id();
        Claim stale = claims.claim(ANY_MEMORY).orElseThrow();
        loseWorkers();
        Claim current = claims.claim(ANY_MEMORY).orElseThrow();
        Map<String, Object> before = row(id);

        List<Runnable> writes = List.of(
                () -> checkpoints.resumePoint(stale, Stage.ONLY),
                () -> progress.measured(stale, Stage.ONLY, new Findings(1, 1, List.of(), 1)),
                () -> progress.record(stale, Stage.ONLY, reports(1), state(1), snapshot(1, bytes(10))),
                () -> outcomes.succeed(stale, StopReason.COMPLETED, result(stale, training, bytes(10))),
                () -> outcomes.fail(stale, StopReason.ERROR, "code", "message", null),
                () -> outcomes.retry(stale, "reason"),
                () -> outcomes.requeue(stale));

        assertThat(writes).allSatisfy(write -> assertThatThrownBy(write::run).isInstanceOf(StaleClaimException.class));
        assertThat(current).extracting(Claim::jobId, Claim::attempt).containsExactly(id, 2);
        assertThat(row(id)).isEqualTo(before);
        assertThat(rows("epoch", id) + rows("checkpoint", id) + rows("model_version", id))
                .isZero();
        leases.renew(stale);
        assertThat(row(id)).isEqualTo(before);
        assertThat(command(stale)).isEqualTo(RunState.WorkerCommand.LEAVE);
        assertThat(command(current)).isEqualTo(RunState.WorkerCommand.GO_ON);
    }

    @Test
    void aJobWhoseWorkerDiedGoesOnFromItsLastCheckpoint() {
        String id = create(training("lost")).id();
        Claim first = claims.claim(ANY_MEMORY).orElseThrow();
        progress.record(first, Stage.ONLY, reports(1, 2), state(2), snapshot(2, bytes(10)));
        progress.record(first, Stage.ONLY, reports(3), state(3), NO_CHECKPOINT);
        leases.recoverLost();
        JobStatus withinTheLease = jobs.get(StoreTest.ADMIN, id).status();
        loseWorkers();
        JobStatus afterwards = jobs.get(StoreTest.ADMIN, id).status();
        Claim second = claims.claim(ANY_MEMORY).orElseThrow();

        assertThat(withinTheLease).isEqualTo(JobStatus.RUNNING);
        assertThat(afterwards).isEqualTo(JobStatus.QUEUED);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(checkpoints.resumePoint(second, Stage.ONLY).orElseThrow().epoch())
                .isEqualTo(2);
        assertThat(jobs.history(StoreTest.ADMIN, id, 10_000).points())
                .extracting(MetricPoint::epoch)
                .containsExactly(1, 2);
    }

    @Test
    void aJobThatWasToBeCancelledWhenItsWorkerDiedEndsCancelled() {
        String id = create(training("lost")).id();
        claims.claim(ANY_MEMORY).orElseThrow();
        JobStatus asked = jobs.cancel(StoreTest.ADMIN, id).status();
        loseWorkers();

        assertThat(asked).isEqualTo(JobStatus.CANCELLING);
        assertThat(statuses(jobs.get(StoreTest.ADMIN, id)))
                .containsExactly(JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.CANCELLING, JobStatus.CANCELLED);
        assertThat(claims.claim(ANY_MEMORY)).isEmpty();
    }

    @Test
    void whatAWorkerWritesIsASignOfLife() {
        String id = create(training("m")).id();
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        sql.update("update training_job set lease_until = started_at - interval '1' day where id = ?", id);

        progress.record(claim, Stage.ONLY, reports(1), state(1), NO_CHECKPOINT);
        leases.recoverLost();

        assertThat(jobs.get(StoreTest.ADMIN, id).status()).isEqualTo(JobStatus.RUNNING);
    }

    @Test
    void attemptsThatOnlyRepeatWhatIsSafeAlreadyComeToNothing() {
        String id = create(training("m")).id();
        Claim first = claims.claim(ANY_MEMORY).orElseThrow();
        progress.record(first, Stage.ONLY, reports(1), state(1), snapshot(1, bytes(10)));
        for (int attempt = 1; attempt < Attempts.MAX_WITHOUT_PROGRESS; attempt++) {
            loseWorkers();
            Claim next = claims.claim(ANY_MEMORY).orElseThrow();
            progress.record(next, Stage.ONLY, reports(1), state(1), snapshot(1, bytes(10)));
        }
        assertThat(jobs.get(StoreTest.ADMIN, id).status()).isEqualTo(JobStatus.RUNNING);
        loseWorkers();
        claims.claim(ANY_MEMORY).orElseThrow();
        loseWorkers();

        assertThat(jobs.get(StoreTest.ADMIN, id).status()).isEqualTo(JobStatus.FAILED);
    }

    private void loseWorkers() {
        advance(PAST_THE_LEASE);
        leases.recoverLost();
    }

    /** All columns of a job except large ones. */
    private Map<String, Object> row(String id) {
        return sql.queryForMap(
                "select status, attempt, epoch, step, lease_until, model_version, error_code, version from training_job where id = ?",
                id);
    }
}
