package dev.descent.core.train;

import static dev.descent.core.TestTraining.AMOUNT;
import static dev.descent.core.TestTraining.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.TestTraining;
import dev.descent.core.data.ReconstructionTarget;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.math.MappedMatrix;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.train.evaluate.Baseline;
import dev.descent.core.train.examples.ExampleSource;
import dev.descent.core.train.examples.Examples;
import dev.descent.core.train.examples.MappedExamples;
import dev.descent.core.train.examples.Task;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Examples on disk give the same numbers as in memory, to the bit. */
class MappedTrainingTest {

    private static final int INPUTS = 4;

    @TempDir
    private Path folder;

    private MappedExamples mapped(Examples examples, String name) throws IOException {
        Matrix inputs = examples.inputs();
        ByteBuffer bytes = ByteBuffer.allocate(inputs.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < inputs.size(); i++) {
            bytes.putFloat((float) inputs.get(i));
        }
        Path file = Files.write(folder.resolve(name), bytes.array());
        MappedMatrix matrix = MappedMatrix.of(file, 0, inputs.rows(), inputs.columns());
        boolean itself = examples.targets() == inputs;
        return new MappedExamples(
                matrix, itself ? null : copy(examples.targets()), copy(examples.weights()), examples.usedInputs());
    }

    private static @Nullable Matrix copy(@Nullable Matrix matrix) {
        if (matrix == null) {
            return null;
        }
        Matrix copy = Matrix.zeros(matrix.precision(), matrix.rows(), matrix.columns());
        copy.copy(matrix);
        return copy;
    }

    private static Examples weighted(Examples plain) {
        Matrix weights = Matrix.zeros(Precision.FLOAT32, plain.count(), 1);
        for (int row = 0; row < plain.count(); row++) {
            weights.set(row, 1 + row % 3);
        }
        return new Examples(plain.inputs(), plain.targets(), weights);
    }

    static Stream<TargetEncoder> targets() {
        return Stream.of(AMOUNT, TestTraining.classes(3), new ReconstructionTarget(INPUTS, Double.NaN));
    }

    private static Examples of(int rows, TargetEncoder target, long seed) {
        Examples examples = random(rows, INPUTS, target.columns() == 0 ? AMOUNT : target, seed);
        return target.columns() == 0 ? new Examples(examples.inputs(), examples.inputs()) : weighted(examples);
    }

    private static TrainingPlan plan(TargetEncoder target, Shuffle shuffle) {
        return new TrainingPlan(
                TestTraining.layers(new LayerSpec.DenseSpec(5), new LayerSpec.TanhSpec())
                        .withOutput(target.outputs())
                        .wire(INPUTS),
                Task.of(target).defaultLoss(),
                TestTraining.adam(0.01),
                Hyperparameters.of(4, 7, 3).with(shuffle),
                target,
                2,
                null);
    }

    private static double[] weights(TrainingPlan plan, ExampleSource train, ExampleSource validation) {
        try (TrainingSession trainer = new Trainer(plan, train, validation)) {
            trainer.fit(new TestTraining.Recorder());
            return trainer.state().bestWeights().toArray();
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void weightsAreTheSameAsInMemory(TargetEncoder target) throws IOException {
        try (Examples train = of(500, target, 1);
                Examples validation = of(300, target, 2);
                MappedExamples mappedTrain = mapped(train, "train");
                MappedExamples mappedValidation = mapped(validation, "validation")) {
            double[] whole = weights(plan(target, Shuffle.WHOLE), train, validation);
            double[] blocks = weights(plan(target, Shuffle.BLOCKS), train, validation);
            assertThat(weights(plan(target, Shuffle.BLOCKS), mappedTrain, mappedValidation))
                    .containsExactly(blocks);
            assertThat(weights(plan(target, Shuffle.WHOLE), mappedTrain, mappedValidation))
                    .containsExactly(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void theBaselineIsTheSameAsInMemory(TargetEncoder target) throws IOException {
        try (Examples train = of(500, target, 1);
                MappedExamples mapped = mapped(train, "train")) {
            double expected = Baseline.loss(Task.of(target).defaultLoss(), train, target.outputs());
            assertThat(Baseline.loss(Task.of(target).defaultLoss(), mapped, target.outputs()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void successiveExamplesAreReadIntoOneRoom() throws IOException {
        try (Examples train = of(20, AMOUNT, 1);
                MappedExamples mapped = mapped(train, "train");
                ExampleSource.Reader reader = mapped.reader(8)) {
            for (int from = 0; from < 20; from += 8) {
                int to = Math.min(20, from + 8);
                Examples read = reader.range(from, to);
                Examples expected = train.range(from, to);
                assertThat(read.inputs().toArray())
                        .containsExactly(expected.inputs().toArray());
                assertThat(read.targets().toArray())
                        .containsExactly(expected.targets().toArray());
                assertThat(read.weights()).isNotNull();
            }
        }
    }

    @Test
    void anInputThatIsNeverUsedIsKnownWithoutReadingTheFile() throws IOException {
        try (Examples train = TestTraining.examples(new double[][] {{0, 1}, {0, 2}}, new double[] {1, 2});
                MappedExamples mapped = mapped(train, "train")) {
            assertThat(mapped.usedInputs()).containsExactly(false, true);
        }
    }
}
