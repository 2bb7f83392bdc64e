package dev.descent.job.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.descent.core.data.ClassificationTarget;
import dev.descent.core.train.Adjustment;
import dev.descent.job.TrainingJobView;
import dev.descent.job.checkpoint.Checkpoint;
import dev.descent.job.checkpoint.CheckpointView;
import dev.descent.job.fold.FoldResult;
import dev.descent.job.fold.FoldSummary;
import dev.descent.job.fold.Stage;
import dev.descent.job.history.MetricPoint;
import dev.descent.job.lifecycle.JobError;
import dev.descent.job.lifecycle.StopReason;
import dev.descent.job.specification.ResolvedTraining;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.node.ObjectNode;

/** What a run writes while it is running: its history and its checkpoints. */
abstract class ProgressSuite extends StoreTest {

    @Autowired
    private RunServices services;

    @Test
    void theLossHistoryIsInTheOrderOfTheEpochs() {
        String id = create(training("history")).id();
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        progress.record(claim, Stage.ONLY, reports(1, 2, 3, 4, 5, 6, 7, 8, 9), state(9), NO_CHECKPOINT);
        progress.record(claim, Stage.ONLY, reports(10), state(10), NO_CHECKPOINT);
        progress.record(claim, Stage.ONLY, reports(11, 12), state(12), NO_CHECKPOINT);

        List<MetricPoint> history = jobs.history(StoreTest.ADMIN, id, 10_000).points();
        assertThat(history)
                .extracting(MetricPoint::epoch)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 12).boxed().toList());
        assertThat(history)
                .extracting(point -> point.metric("train_loss"))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 12).mapToObj(n -> 1.0 / n).toList());
    }

    /** Whatever is lost between the end of a fold and the beginning of the next, both are as they would have been. */
    @Test
    void aFoldIsStoredOnceAndTheNextStartsAnew() {
        ObjectNode request = request("m");
        request.putObject("split").put("folds", 2);
        String id = create(resolver.resolve(StoreTest.ADMIN, request)).id();
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        Stage first = progress.stage(claim);
        progress.record(claim, first, reports(1, 2, 3), state(3), snapshot(3, 2, bytes(10)));
        FoldSummary summary =
                new FoldSummary(id, 0, 5, 5, 3, 30, 1.5, 2, StopReason.COMPLETED, progress.scores(claim, first, 2));
        FoldResult fold = new FoldResult(summary, new ClassificationTarget(List.of("a", "b")), null, bytes(40));

        progress.endFold(claim, first, fold);
        progress.endFold(claim, first, fold);

        Stage second = progress.stage(claim);
        assertThat(second.fit()).isEqualTo(1);
        assertThat(second.done()).containsExactly(summary);
        assertThat(summary.scores())
                .isEqualTo(Map.of("validation_loss", 1.0, "validation_rmse", 1.5, "validation_r2", 0.8));
        assertThat(jobs.checkpoints(StoreTest.ADMIN, id)).isEmpty();
        assertThat(checkpoints.resumePoint(claim, second)).isEmpty();
        progress.record(claim, second, reports(1), state(1), snapshot(1, bytes(20)));
        progress.record(claim, second, reports(2), state(2), NO_CHECKPOINT);
        assertThat(checkpoints.resumePoint(claim, second).orElseThrow().epoch()).isEqualTo(1);
        assertThat(jobs.history(StoreTest.ADMIN, id, 10_000).points())
                .extracting(MetricPoint::fold, MetricPoint::epoch)
                .containsExactly(tuple(1, 1), tuple(1, 2), tuple(1, 3), tuple(2, 1));
        TrainingJobView job = jobs.get(StoreTest.ADMIN, id);
        assertThat(job.progress().epoch()).isEqualTo(4);
        assertThat(job.progress().fold()).isEqualTo(2);
        assertThat(sql.queryForObject("select predictions from fold where job_id = ?", byte[].class, id))
                .isEqualTo(bytes(40));
        jobs.cancel(StoreTest.ADMIN, id);
        outcomes.requeue(claim);
        jobs.delete(StoreTest.ADMIN, id);
        assertThat(rows("fold", id)).isZero();
        assertThat(rows("epoch", id)).isZero();
    }

    @Test
    void epochsWhoseAnswerGotLostAreNotDoubled() {
        String id = create(training("m")).id();
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        progress.record(claim, Stage.ONLY, reports(1, 2), state(2), NO_CHECKPOINT);
        progress.record(claim, Stage.ONLY, reports(1, 2, 3), state(3), NO_CHECKPOINT);

        assertThat(jobs.history(StoreTest.ADMIN, id, 10_000).points())
                .extracting(MetricPoint::epoch)
                .containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 256, 8 << 20})
    void weightsAndCheckpointsSurviveByteForByte(int size) {
        ResolvedTraining training = training("bytes");
        create(training);
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        byte[] bytes = bytes(size);
        progress.record(claim, Stage.ONLY, reports(1), state(1), snapshot(1, bytes));
        byte[] checkpoint =
                checkpoints.resumePoint(claim, Stage.ONLY).orElseThrow().state();
        outcomes.succeed(claim, StopReason.COMPLETED, result(claim, training, bytes));

        assertThat(checkpoint).isEqualTo(bytes);
        assertThat(sql.queryForObject(
                        "select v.weights from model_version v join model m on m.id = v.model_id where m.name = 'bytes'",
                        byte[].class))
                .isEqualTo(bytes);
    }

    @Test
    void aCheckpointThatIsDamagedIsNeverReadAndTheOneBeforeServes() {
        String id = create(training("m")).id();
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        progress.record(claim, Stage.ONLY, reports(1, 2), state(2), snapshot(2, bytes(10)));
        progress.record(claim, Stage.ONLY, reports(3, 4), state(4), snapshot(4, 2, bytes(20)));
        sql.update("update checkpoint set state = ? where job_id = ? and epoch = 4", bytes(19), id);

        Checkpoint point = checkpoints.resumePoint(claim, Stage.ONLY).orElseThrow();

        assertThat(point.state()).isEqualTo(bytes(10));
        assertThat(jobs.history(StoreTest.ADMIN, id, 10_000).points())
                .extracting(MetricPoint::epoch)
                .containsExactly(1, 2);
        assertThat(jobs.get(StoreTest.ADMIN, id).progress().epoch()).isEqualTo(2);
        assertThat(jobs.get(StoreTest.ADMIN, id).best()).isEqualTo(new TrainingJobView.Best(2, 0.5, null));
        assertThat(jobs.checkpoints(StoreTest.ADMIN, id)).hasSize(1);
    }

    @Test
    void theLastAndTheBestCheckpointAreKept() {
        String id = create(training("m")).id();
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        progress.record(claim, Stage.ONLY, reports(1), state(1), snapshot(1, bytes(10)));
        progress.record(claim, Stage.ONLY, reports(2), state(2), snapshot(2, bytes(10)));
        progress.record(claim, Stage.ONLY, reports(3), state(3), snapshot(3, 2, bytes(10)));
        progress.record(claim, Stage.ONLY, reports(4), state(4), snapshot(4, 2, bytes(10)));

        assertThat(jobs.checkpoints(StoreTest.ADMIN, id))
                .extracting(CheckpointView::epoch, CheckpointView::bestEpoch, CheckpointView::best)
                .containsExactly(tuple(4, 2, false), tuple(2, 2, true));
    }

    /** Epochs may be shorter than the interval between checkpoints. */
    @Test
    void theFirstCheckpointAfterTheBestEpochIsTheBest() {
        String id = create(training("m")).id();
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        progress.record(claim, Stage.ONLY, reports(1, 2, 3), state(3), snapshot(3, 2, bytes(10)));
        progress.record(claim, Stage.ONLY, reports(4, 5, 6, 7), state(7), snapshot(7, 5, bytes(10)));
        progress.record(claim, Stage.ONLY, reports(8), state(8), snapshot(8, 5, bytes(10)));
        progress.record(claim, Stage.ONLY, reports(9), state(9), snapshot(9, 5, bytes(10)));
        progress.record(claim, Stage.ONLY, List.of(), state(9), snapshot(9, 5, bytes(10)));

        assertThat(jobs.checkpoints(StoreTest.ADMIN, id))
                .extracting(CheckpointView::epoch, CheckpointView::bestEpoch, CheckpointView::best)
                .containsExactly(tuple(9, 5, false), tuple(7, 5, true));
    }

    /** The last epoch's checkpoint may have been due anyway. */
    @Test
    void ofTwoCheckpointsAtTheSameStepTheLastIsKept() {
        String id = create(training("m")).id();
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        progress.record(claim, Stage.ONLY, reports(1), state(1), snapshot(1, bytes(10)));
        progress.record(claim, Stage.ONLY, List.of(), state(1), snapshot(1, bytes(20)));

        assertThat(jobs.checkpoints(StoreTest.ADMIN, id))
                .extracting(CheckpointView::bytes, CheckpointView::best)
                .containsExactly(tuple(20L, true));
    }

    @Test
    void whatAProfileCouldOnlyGuessIsCorrectedOnceTheDataIsRead() {
        ObjectNode request = request("m");
        request.putObject("hyperparameters").put("steps", 100).put("batch_size", 4);
        String id = create(resolver.resolve(StoreTest.ADMIN, request)).id();
        int before = jobs.get(StoreTest.ADMIN, id).progress().epochs();
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        Findings found = new Findings(17, 4, List.of("a leak", "a duplicate"), 0.5);

        progress.measured(claim, Stage.ONLY, found);
        progress.measured(claim, Stage.ONLY, found);

        TrainingJobView job = jobs.get(StoreTest.ADMIN, id);
        assertThat(before).as("100 steps, of which 8 rows take 2").isEqualTo(50);
        assertThat(job.parameterCount()).isEqualTo(17);
        assertThat(job.warnings()).containsExactly("a leak", "a duplicate");
        assertThat(job.progress().epochs()).isEqualTo(100);
    }

    @Test
    void epochsThatAClientChangedAreNotChangedBack() {
        String id = create(training("m")).id();
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        jobs.change(StoreTest.ADMIN, id, new Adjustment(null, 7, null));

        progress.measured(claim, Stage.ONLY, new Findings(1, 8, List.of(), 0.5));

        assertThat(jobs.get(StoreTest.ADMIN, id).progress().epochs()).isEqualTo(7);
    }

    /** Two epochs of 8 rows in batches of 4: 4 steps. */
    private Claim claimOfFourSteps(String model) {
        ObjectNode request = request(model);
        request.putObject("hyperparameters").put("epochs", 2).put("batch_size", 4);
        create(resolver.resolve(StoreTest.ADMIN, request));
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        progress.measured(claim, Stage.ONLY, new Findings(1, 8, List.of(), 0.5));
        return claim;
    }

    private TrainingJobView job(Claim claim) {
        return jobs.get(StoreTest.ADMIN, claim.jobId());
    }

    @Test
    void stepsWithinAnEpochAreProgress() {
        Claim claim = claimOfFourSteps("long");
        String before = job(claim).tag();
        progress.counted(claim, new StepCount.Reading(1, 4, Duration.ofSeconds(30)));
        TrainingJobView job = job(claim);
        advance(Duration.ofSeconds(20));

        assertThat(job.progress()).isEqualTo(new TrainingJobView.Progress(0.25, 0, 2, 1));
        assertThat(job.tag()).as("so that whoever waits learns of it").isNotEqualTo(before);
        assertThat(job(claim).estimatedFinishAt())
                .as("stays where it is while nothing is known")
                .isEqualTo(job.estimatedFinishAt());
        advance(Duration.ofSeconds(20));
        Instant now = clock.instant();
        assertThat(job(claim).estimatedFinishAt()).as("is not in the past").isAfterOrEqualTo(now);
    }

    @Test
    void progressNeverFallsWhenAnAttemptHasToRepeatSteps() {
        Claim first = claimOfFourSteps("retried");
        progress.counted(first, new StepCount.Reading(3, 4, Duration.ofSeconds(30)));
        outcomes.retry(first, "reason");
        advance(Duration.ofMinutes(1));
        Claim second = claims.claim(ANY_MEMORY).orElseThrow();
        TrainingJobView claimed = job(second);
        checkpoints.resumePoint(second, Stage.ONLY);
        progress.measured(second, Stage.ONLY, new Findings(1, 8, List.of(), 0.5));
        progress.counted(second, new StepCount.Reading(1, 4, Duration.ofSeconds(30)));

        assertThat(second.attempt()).isEqualTo(2);
        assertThat(job(second).progress()).isEqualTo(new TrainingJobView.Progress(0.75, 0, 2, 3));
        assertThat(claimed.estimatedFinishAt())
                .as("not at the pace of the attempt before")
                .isNotEqualTo(job(second).estimatedFinishAt());
    }

    @Test
    void aSuccessIsAllOfTheWorkHoweverEarlyItCame() {
        ResolvedTraining training = training("early");
        create(training);
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();
        progress.measured(claim, Stage.ONLY, new Findings(1, 8, List.of(), 0.5));
        progress.counted(claim, new StepCount.Reading(1, 100, Duration.ofSeconds(30)));
        double before = job(claim).progress().fraction();
        outcomes.succeed(claim, StopReason.EARLY_STOPPING, result(claim, training, bytes(1)));

        assertThat(before).isEqualTo(0.01);
        assertThat(job(claim).progress().fraction()).isEqualTo(1);
        assertThat(job(claim).progress().step()).isEqualTo(1);
        assertThat(job(claim).estimatedFinishAt()).isNull();
    }

    @Test
    void moreEpochsAreMoreSteps() {
        Claim claim = claimOfFourSteps("extended");
        progress.counted(claim, new StepCount.Reading(2, 4, Duration.ofSeconds(30)));
        jobs.change(StoreTest.ADMIN, claim.jobId(), new Adjustment(null, 8, null));

        assertThat(job(claim).progress()).isEqualTo(new TrainingJobView.Progress(0.125, 0, 8, 2));
    }

    @Test
    void stepsWithinAnEpochAreRefusedFromAStaleClaim() {
        Claim stale = claimOfFourSteps("stale");
        outcomes.requeue(stale);

        assertThatThrownBy(() -> progress.counted(stale, new StepCount.Reading(1, 4, Duration.ZERO)))
                .isInstanceOf(StaleClaimException.class);
    }

    /** As if the profile of the data had promised less than the data turned out to need. */
    @ParameterizedTest
    @ValueSource(strings = {"memory_bytes", "heap_bytes"})
    void aJobThatTurnsOutLargerThanItWasLetInWithFails(String column) {
        String id = create(training("m")).id();
        sql.update("update training_job set %s = 2 where id = ?".formatted(column), id);
        Claim claim = claims.claim(ANY_MEMORY).orElseThrow();

        new TrainingRun(claim, services, new StoreRetry()).run();

        JobError error = jobs.get(StoreTest.ADMIN, id).error();
        assertThat(error).isNotNull();
        assertThat(error.code()).isEqualTo("too_large");
        assertThat(error.pointer()).isEqualTo("#/network");
        assertThat(error.message()).contains("193 parameters", "of memory", "2 B");
    }
}
