package dev.descent.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.MemoryEstimate;
import dev.descent.core.train.examples.Targets;
import dev.descent.core.train.examples.Task;
import dev.descent.job.lifecycle.JobError;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.lifecycle.StatusTransition;
import dev.descent.job.lifecycle.StopReason;
import dev.descent.job.specification.NetworkForm;
import dev.descent.job.specification.Specification;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingJobTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = START.plusSeconds(60);

    /** The resulting state of each method, for each legal source state. */
    private static final Map<String, Map<JobStatus, JobStatus>> MOVES = Map.of(
            "start", Map.of(JobStatus.QUEUED, JobStatus.RUNNING),
            "requeue",
                    Map.of(
                            JobStatus.RUNNING, JobStatus.QUEUED,
                            JobStatus.PAUSING, JobStatus.PAUSED,
                            JobStatus.CANCELLING, JobStatus.CANCELLED),
            "interrupt",
                    Map.of(
                            JobStatus.RUNNING, JobStatus.QUEUED,
                            JobStatus.PAUSING, JobStatus.PAUSED,
                            JobStatus.CANCELLING, JobStatus.CANCELLED),
            "cancel",
                    Map.of(
                            JobStatus.QUEUED, JobStatus.CANCELLED,
                            JobStatus.PAUSED, JobStatus.CANCELLED,
                            JobStatus.RUNNING, JobStatus.CANCELLING,
                            JobStatus.PAUSING, JobStatus.CANCELLING),
            "pause", Map.of(JobStatus.QUEUED, JobStatus.PAUSED, JobStatus.RUNNING, JobStatus.PAUSING),
            "resume", Map.of(JobStatus.PAUSED, JobStatus.QUEUED),
            "succeed", Map.of(JobStatus.RUNNING, JobStatus.SUCCEEDED, JobStatus.PAUSING, JobStatus.SUCCEEDED),
            "fail",
                    Map.of(
                            JobStatus.QUEUED, JobStatus.FAILED,
                            JobStatus.RUNNING, JobStatus.FAILED,
                            JobStatus.PAUSING, JobStatus.FAILED,
                            JobStatus.CANCELLING, JobStatus.FAILED));

    private static final Map<String, Consumer<TrainingJob>> METHODS = Map.of(
            "start", job -> job.start("second worker", 2, LATER, LATER),
            "requeue", job -> job.requeue("why", LATER),
            "interrupt", job -> job.interrupt("why", LATER, LATER),
            "cancel", job -> job.cancel(LATER),
            "pause", job -> job.pause(LATER),
            "resume", job -> job.resume(LATER),
            "succeed", job -> job.succeed(StopReason.COMPLETED, 3, "sha", LATER),
            "fail", job -> job.fail(StopReason.DIVERGED, "diverged", "the loss", LATER));

    static Stream<Arguments> methodsAndStates() {
        return MOVES.keySet().stream()
                .sorted()
                .flatMap(method -> Stream.of(JobStatus.values()).map(status -> Arguments.of(method, status)));
    }

    @ParameterizedTest
    @MethodSource("methodsAndStates")
    void aMethodMovesTheJobWhereThatIsLegalAndElseChangesNothing(String method, JobStatus from) {
        TrainingJob job = in(from);
        State before = State.of(job);
        JobStatus to = MOVES.get(method).get(from);

        if (to == null) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> METHODS.get(method).accept(job))
                    .withMessageStartingWith("Job job_1 is %s and can't become ", from);
            assertThat(State.of(job)).isEqualTo(before);
        } else {
            METHODS.get(method).accept(job);
            assertThat(job.status()).isEqualTo(to);
            assertThat(job.transitions()).hasSize(before.transitions().size() + 1);
            assertThat(job.transitions().get(before.transitions().size()).status())
                    .isEqualTo(to);
            assertThat(job.transitions().get(before.transitions().size()).at()).isEqualTo(LATER);
            assertThat(job.finishedAt()).isEqualTo(to.isTerminal() ? LATER : null);
            assertThat(job.stopReason() != null).isEqualTo(to.isTerminal());
        }
    }

    @Test
    void theFirstStartCountsAndEveryAttemptIsNumbered() {
        TrainingJob job = in(JobStatus.QUEUED);
        assertThat(job.attempts().number()).isZero();
        job.start("one", 3, LATER, START);
        job.interrupt("Its worker died", START, START.plusSeconds(1));
        job.start("two", 8, LATER, LATER);

        assertThat(job.attempts().number()).isEqualTo(2);
        assertThat(job.startedAt()).isEqualTo(START);
        assertThat(job.threads()).as("decided by the first worker").isEqualTo(3);
        assertThat(job.transitions())
                .extracting(StatusTransition::message)
                .containsExactly(null, null, "Its worker died", "attempt 2");
    }

    @Test
    void threeAttemptsInARowThatComeToNothingAreEnough() {
        TrainingJob job = in(JobStatus.RUNNING);
        job.interrupt("first", LATER, LATER);
        job.start("worker", 1, LATER, LATER);
        job.interrupt("second", LATER, LATER);
        job.start("worker", 1, LATER, LATER);
        job.interrupt("The database was gone", LATER, LATER);

        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.error())
                .isEqualTo(new JobError(
                        "infrastructure",
                        "3 attempts in a row came to nothing. The last: The database was gone",
                        null));
    }

    @Test
    void anAttemptThatKeptACheckpointOrStoppedInGoodOrderCountsForNothing() {
        TrainingJob job = in(JobStatus.QUEUED);
        for (int i = 0; i < 10; i++) {
            job.start("worker", 1, LATER, LATER);
            if (i % 2 == 0) {
                job.hasCheckpoint();
                job.interrupt("died", LATER, LATER);
            } else {
                job.requeue("stopped", LATER);
            }
        }

        assertThat(job.status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void aFailureKeepsItsReasonAndCutsItsMessage() {
        TrainingJob job = in(JobStatus.RUNNING);
        job.fail(StopReason.ERROR, "internal_error", "x".repeat(5_000), LATER);

        assertThat(job.stopReason()).isEqualTo(StopReason.ERROR);
        assertThat(job.error()).isEqualTo(new JobError("internal_error", "x".repeat(2_000), null));
        assertThat(job.modelVersion()).isNull();
    }

    @Test
    void successNamesTheVersionAndItsWeights() {
        TrainingJob job = in(JobStatus.RUNNING);
        job.succeed(StopReason.COMPLETED, 3, "abc", LATER);

        assertThat(job.stopReason()).isEqualTo(StopReason.COMPLETED);
        assertThat(job.modelVersion()).isEqualTo(3);
        assertThat(job.weightsSha256()).isEqualTo("abc");
        assertThat(job.error()).isNull();
    }

    private static TrainingJob in(JobStatus status) {
        Specification specification = new Specification(
                "name",
                "ds_1",
                new Targets(List.of("target")),
                Task.REGRESSION,
                List.of("x"),
                SplitSpec.RandomSpec.DEFAULT,
                PreprocessingSpec.DEFAULT,
                NetworkForm.USUAL,
                new LossSpec.MeanSquaredErrorSpec(),
                OptimizerSpec.AdamSpec.DEFAULT,
                Hyperparameters.DEFAULT,
                null,
                null,
                0,
                null,
                "model",
                Map.of("team", "a"));
        TrainingJob job = TrainingJob.queued(
                "job_1", "owner", specification, "{}", "[]", 1, new MemoryEstimate(400, 600, 200), 100, START);
        if (status == JobStatus.QUEUED) {
            return job;
        }
        if (status == JobStatus.CANCELLED) {
            job.cancel(START);
            return job;
        }
        if (status == JobStatus.PAUSED) {
            job.pause(START);
            return job;
        }
        job.start("worker", 1, START, START);
        switch (status) {
            case PAUSING -> job.pause(START);
            case CANCELLING -> job.cancel(START);
            case SUCCEEDED -> job.succeed(StopReason.COMPLETED, 1, "first", START);
            case FAILED -> job.fail(StopReason.ERROR, "first", "first", START);
            default -> assertThat(status).isEqualTo(JobStatus.RUNNING);
        }
        return job;
    }

    /** Everything in a job that the methods may change. */
    private record State(
            JobStatus status,
            @Nullable StopReason stopReason,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable JobError error,
            int attempt,
            @Nullable String provenance,
            @Nullable Integer modelVersion,
            @Nullable String weightsSha256,
            List<StatusTransition> transitions) {

        static State of(TrainingJob job) {
            return new State(
                    job.status(),
                    job.stopReason(),
                    job.startedAt(),
                    job.finishedAt(),
                    job.error(),
                    job.attempts().number(),
                    job.provenance(),
                    job.modelVersion(),
                    job.weightsSha256(),
                    List.copyOf(job.transitions()));
        }
    }
}
