package dev.descent.core.train.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.TestTraining;
import dev.descent.core.data.ReconstructionTarget;
import dev.descent.core.nn.loss.LossSpec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TaskTest {

    @Test
    void encodedTargetsTellTheirTask() {
        assertThat(Task.of(TestTraining.classes(2))).isEqualTo(Task.CLASSIFICATION);
        assertThat(Task.of(TestTraining.AMOUNT)).isEqualTo(Task.REGRESSION);
        assertThat(Task.of(new ReconstructionTarget(2, 1))).isEqualTo(Task.AUTOENCODER);
    }

    @ParameterizedTest
    @CsvSource({"CLASSIFICATION, classification", "REGRESSION, regression", "AUTOENCODER, autoencoder"})
    void aTaskIsCalledByItsNameInSmallLetters(Task task, String label) {
        assertThat(task.label()).isEqualTo(label);
    }

    @ParameterizedTest
    @EnumSource
    void theDefaultLossFitsTheTask(Task task) {
        assertThat(task.losses()).contains(task.defaultLoss().getClass());
    }

    @Test
    void everyLossServesATask() {
        assertThat(Arrays.stream(Task.values()).<Class<?>>flatMap(task -> task.losses().stream()))
                .contains(LossSpec.class.getPermittedSubclasses());
    }

    @Test
    void lossesOfClassesAndOfAmountsHaveNothingInCommon() {
        assertThat(Task.CLASSIFICATION.losses())
                .contains(LossSpec.BinaryCrossEntropySpec.class)
                .doesNotContainAnyElementsOf(Task.REGRESSION.losses());
        assertThat(Task.AUTOENCODER.losses()).isEqualTo(Task.REGRESSION.losses());
    }
}
