package dev.descent.job.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.TestTraining;
import dev.descent.core.TestTraining.Recorder;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.optimizer.GradientRules;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.nn.optimizer.ScheduleSpec;
import dev.descent.core.train.Adjustment;
import dev.descent.core.train.BatchSize;
import dev.descent.core.train.EarlyStopping;
import dev.descent.core.train.Engine;
import dev.descent.core.train.EpochReport;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.Sampling;
import dev.descent.core.train.TrainingListener;
import dev.descent.core.train.TrainingOutcome;
import dev.descent.core.train.TrainingPlan;
import dev.descent.core.train.TrainingSession;
import dev.descent.core.train.examples.Examples;
import dev.descent.core.train.examples.Task;
import dev.descent.format.Safetensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run resumed from the bytes of a checkpoint ends like an uninterrupted one, to the bit. */
class ResumeTest {

    private static final TargetEncoder TARGET = TestTraining.classes(3);

    /** Everything that is random or keeps state from step to step. */
    private static final NetworkSpec NETWORK = TestTraining.layers(
            new LayerSpec.DenseSpec(8),
            LayerSpec.BatchNormalizationSpec.DEFAULT,
            new LayerSpec.ReluSpec(),
            new LayerSpec.DropoutSpec(0.3));

    static Stream<Arguments> optimizersAndSchedules() {
        List<OptimizerSpec> optimizers = List.of(
                new OptimizerSpec.SgdSpec(0.1, 0, false),
                new OptimizerSpec.SgdSpec(0.1, 0.9, false),
                new OptimizerSpec.SgdSpec(0.1, 0.9, true),
                OptimizerSpec.RmspropSpec.DEFAULT,
                OptimizerSpec.AdagradSpec.DEFAULT,
                OptimizerSpec.AdamSpec.DEFAULT,
                OptimizerSpec.AdamwSpec.DEFAULT);
        List<ScheduleSpec> schedules = List.of(
                new ScheduleSpec.ConstantSpec(),
                new ScheduleSpec.StepSpec(2, 0.5),
                ScheduleSpec.ExponentialSpec.DEFAULT,
                ScheduleSpec.CosineSpec.DEFAULT,
                new ScheduleSpec.WarmupSpec(2, 0.1, new ScheduleSpec.ReduceOnPlateauSpec(0.5, 0, 0, 1, 0)),
                ScheduleSpec.OneCycleSpec.DEFAULT,
                new ScheduleSpec.ReduceOnPlateauSpec(0.5, 0, 0, 0, 0));
        return optimizers.stream()
                .flatMap(optimizer -> schedules.stream().map(schedule -> Arguments.of(optimizer, schedule)));
    }

    @Test
    void everyOptimizerAndEveryScheduleIsTried() {
        assertThat(optimizersAndSchedules()
                        .flatMap(arguments -> Arrays.stream(arguments.get()))
                        .<Class<?>>map(Object::getClass))
                .contains(OptimizerSpec.class.getPermittedSubclasses())
                .contains(ScheduleSpec.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("optimizersAndSchedules")
    void aRunFromACheckpointEndsAsTheUndisturbedOne(OptimizerSpec optimizer, ScheduleSpec schedule) {
        TrainingPlan plan = plan(optimizer, schedule);
        try (Examples train = TestTraining.random(50, 4, TARGET, 1);
                Examples validation = TestTraining.random(20, 4, TARGET, 2);
                TrainingSession whole = Engine.local().start(plan, train, validation);
                TrainingSession second = Engine.local().start(plan, train, validation)) {
            Recorder undisturbed = new Recorder();
            TrainingOutcome expected = whole.fit(undisturbed);
            byte[] checkpoint = checkpointOfEpoch(3, plan, train, validation);

            try (Safetensors.Content content = Safetensors.read(checkpoint)) {
                second.resume(TrainingStates.read(content));
            }
            Recorder resumed = new Recorder();
            TrainingOutcome outcome = second.fit(resumed);

            assertThat(outcome).isEqualTo(expected);
            int epochs = undisturbed.weights.size();
            assertThat(resumed.weights).containsExactlyElementsOf(undisturbed.weights.subList(3, epochs));
            assertThat(resumed.reports)
                    .usingRecursiveComparison()
                    .ignoringFields("samplesPerSecond")
                    .isEqualTo(undisturbed.reports.subList(3, epochs));
            assertThat(bestWeights(second)).containsExactly(bestWeights(whole));
        }
    }

    private static TrainingPlan plan(OptimizerSpec optimizer, ScheduleSpec schedule) {
        Hyperparameters hyperparameters = new Hyperparameters(
                6,
                null,
                new BatchSize(8),
                Sampling.SHUFFLE,
                null,
                5,
                0.001,
                0.01,
                GradientRules.Regularized.WEIGHTS,
                1.0,
                0.5,
                new EarlyStopping(4, 0),
                schedule,
                null);
        return new TrainingPlan(
                NETWORK.withOutput(3).wire(4), Task.CLASSIFICATION.defaultLoss(), optimizer, hyperparameters, TARGET);
    }

    private static byte[] checkpointOfEpoch(int epoch, TrainingPlan plan, Examples train, Examples validation) {
        byte[][] written = new byte[1][];
        try (TrainingSession trainer = Engine.local().start(plan, train, validation)) {
            trainer.fit(new TrainingListener() {
                @Override
                public boolean beforeBatch(TrainingSession running) {
                    return written[0] == null;
                }

                @Override
                public void onEpoch(EpochReport report, TrainingSession running) {
                    if (report.epoch() == epoch) {
                        written[0] = TrainingStates.write(running.state());
                    }
                }
            });
        }
        return written[0];
    }

    static Stream<Arguments> targetsAndBatches() {
        return Stream.of(TARGET, TestTraining.amount(0.5, 2))
                .flatMap(target -> IntStream.of(0, 1, 6, 7, 12, 20).mapToObj(batch -> Arguments.of(target, batch)));
    }

    /** With 7 batches per epoch: before the first, in the middle, before the last, and at the end of an epoch. */
    @ParameterizedTest
    @MethodSource("targetsAndBatches")
    void aRunThatWasStoppedBeforeABatchEndsAsTheUndisturbedOne(TargetEncoder target, int batch) {
        TrainingPlan plan = new TrainingPlan(
                NETWORK.withOutput(target.outputs()).wire(4),
                Task.of(target).defaultLoss(),
                OptimizerSpec.AdamSpec.DEFAULT,
                Hyperparameters.of(4, 8, 3),
                target);
        try (Examples train = TestTraining.random(50, 4, target, 1);
                TrainingSession whole = Engine.local().start(plan, train, null);
                TrainingSession first = Engine.local().start(plan, train, null);
                TrainingSession second = Engine.local().start(plan, train, null)) {
            Recorder undisturbed = new Recorder();
            whole.fit(undisturbed);
            Recorder before = new Recorder(batch);
            assertThat(first.fit(before).reason()).isEqualTo(TrainingOutcome.Reason.STOPPED);

            try (Safetensors.Content content = Safetensors.read(TrainingStates.write(first.state()))) {
                second.resume(TrainingStates.read(content));
            }
            Recorder after = new Recorder();
            second.fit(after);

            assertThat(second.steps()).isEqualTo(28);
            assertThat(bestWeights(second)).containsExactly(bestWeights(whole));
            assertThat(Stream.concat(before.reports.stream(), after.reports.stream()))
                    .usingRecursiveComparison()
                    .ignoringFields("samplesPerSecond")
                    .isEqualTo(undisturbed.reports);
        }
    }

    /**
     * The same adjustments at the same steps: an interrupted run ends like an uninterrupted one. Step 14 is the end of
     * the second epoch, and with the patience set there, the losses so far would end training.
     */
    @ParameterizedTest
    @ValueSource(ints = {14, 16, 18, 21})
    void adjustmentsAtTheirStepsGiveTheSameRunAgain(int interruption) {
        TrainingPlan plan = plan(OptimizerSpec.AdamSpec.DEFAULT, ScheduleSpec.CosineSpec.DEFAULT);
        Map<Long, Adjustment> adjustments = Map.of(
                9L,
                new Adjustment(0.01, null, null),
                14L,
                new Adjustment(null, null, 1),
                15L,
                new Adjustment(null, null, 4),
                16L,
                new Adjustment(null, 5, null),
                20L,
                new Adjustment(0.002, null, 3));
        try (Examples train = TestTraining.random(50, 4, TARGET, 1);
                TrainingSession whole = Engine.local().start(plan, train, null);
                TrainingSession first = Engine.local().start(plan, train, null);
                TrainingSession second = Engine.local().start(plan, train, null)) {
            Recorder undisturbed = new Recorder();
            whole.fit(adjusting(adjustments, undisturbed));
            first.fit(adjusting(adjustments, new Recorder(interruption)));

            adjustments.keySet().stream()
                    .sorted()
                    .filter(step -> step < interruption)
                    .forEach(step -> second.adjust(adjustments.get(step)));
            try (Safetensors.Content content = Safetensors.read(TrainingStates.write(first.state()))) {
                second.resume(TrainingStates.read(content));
            }
            second.fit(adjusting(adjustments, new Recorder()));

            assertThat(undisturbed.reports).hasSize(5);
            assertThat(first.steps()).isEqualTo(interruption);
            assertThat(undisturbed.reports.get(1).learningRate()).isGreaterThan(0.005);
            assertThat(bestWeights(second)).containsExactly(bestWeights(whole));
        }
    }

    /** A finished run is not at its end if an adjustment gives it more epochs. */
    @Test
    void aRunThatEndedGoesOnWithMoreEpochs() {
        TrainingPlan plan = plan(OptimizerSpec.AdamSpec.DEFAULT, new ScheduleSpec.ConstantSpec());
        try (Examples train = TestTraining.random(50, 4, TARGET, 1);
                TrainingSession whole = Engine.local().start(plan, train, null);
                TrainingSession second = Engine.local().start(plan, train, null)) {
            whole.fit(new Recorder());
            assertThat(second.adjust(new Adjustment(null, 2, null))).isEqualTo(new Adjustment(null, 2, null));
            assertThat(second.fit(new Recorder()).epoch()).isEqualTo(2);

            assertThat(second.adjust(new Adjustment(null, 1, null)))
                    .describedAs("of an epoch that is done already")
                    .isEqualTo(new Adjustment(null, 2, null));
            assertThat(second.fit(new Recorder()).epoch()).isEqualTo(2);
            second.adjust(new Adjustment(null, 6, null));
            TrainingOutcome outcome = second.fit(new Recorder());

            assertThat(outcome.reason()).isEqualTo(TrainingOutcome.Reason.COMPLETED);
            assertThat(outcome.epoch()).isEqualTo(6);
            assertThat(bestWeights(second)).containsExactly(bestWeights(whole));
        }
    }

    /** Validation may take long: a stop must not have to wait for it. */
    @Test
    void aRunThatWasStoppedAmidValidationEndsAsTheUndisturbedOne() {
        TrainingPlan plan = plan(OptimizerSpec.AdamSpec.DEFAULT, new ScheduleSpec.ConstantSpec());
        try (Examples train = TestTraining.random(50, 4, TARGET, 1);
                Examples validation = TestTraining.random(600, 4, TARGET, 2);
                TrainingSession whole = Engine.local().start(plan, train, validation);
                TrainingSession first = Engine.local().start(plan, train, validation);
                TrainingSession second = Engine.local().start(plan, train, validation)) {
            Recorder undisturbed = new Recorder();
            whole.fit(undisturbed);
            Recorder stopping = new Recorder() {
                private int checks;

                @Override
                public void cancellationCheck() {
                    // Each validation takes three batches.
                    if (++checks == 5) {
                        throw new CancellationException();
                    }
                }
            };
            assertThatThrownBy(() -> first.fit(stopping)).isInstanceOf(CancellationException.class);
            assertThat(stopping.reports).hasSize(1);

            try (Safetensors.Content content = Safetensors.read(TrainingStates.write(first.state()))) {
                second.resume(TrainingStates.read(content));
            }
            Recorder after = new Recorder();
            second.fit(after);

            assertThat(Stream.concat(stopping.reports.stream(), after.reports.stream()))
                    .usingRecursiveComparison()
                    .ignoringFields("samplesPerSecond")
                    .isEqualTo(undisturbed.reports);
            assertThat(bestWeights(second)).containsExactly(bestWeights(whole));
        }
    }

    private static TrainingListener adjusting(Map<Long, Adjustment> adjustments, TrainingListener then) {
        return new TrainingListener() {
            @Override
            public boolean beforeBatch(TrainingSession trainer) {
                Adjustment adjustment = adjustments.get(trainer.steps());
                if (adjustment != null) {
                    trainer.adjust(adjustment);
                }
                return then.beforeBatch(trainer);
            }

            @Override
            public void onEpoch(EpochReport report, TrainingSession trainer) {
                then.onEpoch(report, trainer);
            }
        };
    }

    private static double[] bestWeights(TrainingSession trainer) {
        return trainer.state().bestWeights().toArray();
    }
}
