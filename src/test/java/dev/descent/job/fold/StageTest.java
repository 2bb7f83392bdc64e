package dev.descent.job.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.TestTraining;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.TrainingPlan;
import dev.descent.core.train.examples.Task;
import dev.descent.job.history.EpochFit;
import dev.descent.job.lifecycle.StopReason;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StageTest {

    private static final SplitSpec.FoldsSpec SPEC = new SplitSpec.FoldsSpec(2, 2, false, 0, null, false);
    private static final TargetEncoder TARGET = TestTraining.classes(3);
    private static final Hyperparameters HYPERPARAMETERS = Hyperparameters.of(20, 8, 3);

    @Test
    void anOrdinaryJobHasOneStageThatIsTrainedAsItSays() {
        TrainingPlan plan = plan(60.0);

        assertThat(Stage.ONLY.plan(plan)).isSameAs(plan);
        assertThat(Stage.ONLY.isFold()).isFalse();
        assertThat(Stage.ONLY.epochFit()).isEqualTo(EpochFit.ONLY);
        assertThat(Stage.ONLY.reason(StopReason.COMPLETED)).isEqualTo(StopReason.COMPLETED);
        assertThat(Stage.ONLY.work(HYPERPARAMETERS, new int[] {40})).isEqualTo(new Stage.Work(20, 100, 0));
    }

    @Test
    void aStageIsNamedByItsFoldAndRepeat() {
        assertThat(after(0).name()).isEqualTo("Fold 1 of 2 in repeat 1 of 2");
        assertThat(after(3).name()).isEqualTo("Fold 2 of 2 in repeat 2 of 2");
        assertThat(after(3).epochFit()).isEqualTo(new EpochFit(2, 2, 60));
        assertThat(after(4).name()).isEqualTo("The training on all rows");
        assertThat(after(4).epochFit()).isEqualTo(new EpochFit(null, null, 80));
        assertThat(new Stage(new SplitSpec.FoldsSpec(5, 1, false, 0, null, false), List.of()).name())
                .isEqualTo("Fold 1 of 5");
    }

    /** Best epochs 1, 2, 3, 4: their median is 2.5. */
    @Test
    void allRowsAreTrainedOnForTheMedianOfTheBestEpochsWithoutStoppingEarly() {
        TrainingPlan last = after(4).plan(plan(null));

        assertThat(after(2).plan(plan(null)).hyperparameters()).isEqualTo(HYPERPARAMETERS);
        assertThat(last.hyperparameters()).isEqualTo(HYPERPARAMETERS.forEpochs(3));
        assertThat(last.hyperparameters().earlyStopping()).isNull();
        assertThat(last.maxRuntimeSeconds()).isNull();
    }

    /** Each fold took 4 s of 60: 52 s are left for three more fits, and 44 s for the last. */
    @Test
    void whatIsLeftOfATimeLimitIsShared() {
        assertThat(after(0).plan(plan(60.0)).maxRuntimeSeconds()).isEqualTo(12);
        assertThat(after(2).plan(plan(60.0)).maxRuntimeSeconds()).isEqualTo(52 / 3.0);
        assertThat(after(4).plan(plan(60.0)).maxRuntimeSeconds()).isEqualTo(44);
        assertThat(after(4).plan(plan(1.0)).maxRuntimeSeconds()).isZero();
    }

    @Test
    void theWorkIsWhatWasDoneAndWhatIsToCome() {
        int[] trainRows = {20, 20, 20, 20, 40};

        assertThat(after(0).work(HYPERPARAMETERS, trainRows)).isEqualTo(new Stage.Work(100, 340, 280));
        // Two folds had 20 epochs of 3 steps.
        assertThat(after(2).work(HYPERPARAMETERS, trainRows)).isEqualTo(new Stage.Work(100, 340, 160));
        assertThat(after(4).work(HYPERPARAMETERS, trainRows)).isEqualTo(new Stage.Work(83, 255, 0));
    }

    @Test
    void theTimeLimitCountsWhicheverFitItEnded() {
        FoldSummary outOfTime = new FoldSummary("job", 0, 20, 20, 20, 60, 4, 1, StopReason.MAX_RUNTIME, Map.of());

        assertThat(new Stage(SPEC, List.of(outOfTime)).reason(StopReason.COMPLETED))
                .isEqualTo(StopReason.MAX_RUNTIME);
        assertThat(after(4).reason(StopReason.COMPLETED)).isEqualTo(StopReason.COMPLETED);
    }

    private static Stage after(int folds) {
        return new Stage(
                SPEC,
                IntStream.range(0, folds)
                        .mapToObj(fit -> new FoldSummary(
                                "job", fit, 20, 20, 20, 60, 4, fit + 1, StopReason.EARLY_STOPPING, Map.of()))
                        .toList());
    }

    private static TrainingPlan plan(@Nullable Double seconds) {
        return new TrainingPlan(
                TestTraining.layers(new LayerSpec.DenseSpec(4)).withOutput(3).wire(4),
                Task.CLASSIFICATION.defaultLoss(),
                OptimizerSpec.AdamSpec.DEFAULT,
                HYPERPARAMETERS,
                TARGET,
                1,
                seconds);
    }
}
