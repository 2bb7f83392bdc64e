package dev.descent.bench;

import dev.descent.core.data.ClassificationTarget;
import dev.descent.core.math.MappedMatrix;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.train.Engine;
import dev.descent.core.train.EpochReport;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.Shuffle;
import dev.descent.core.train.TrainingListener;
import dev.descent.core.train.TrainingPlan;
import dev.descent.core.train.TrainingSession;
import dev.descent.core.train.examples.ExampleSource;
import dev.descent.core.train.examples.Examples;
import dev.descent.core.train.examples.MappedExamples;
import dev.descent.format.Npy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Runs some work with the trainer of real jobs and records the speed of each epoch. */
final class Training implements TrainingListener {

    private final List<Double> speeds = new ArrayList<>();

    private Training() {}

    /** Samples per second for each epoch except the first. */
    static List<Double> speeds(Work work) {
        return speeds(work, Shuffle.WHOLE);
    }

    /** The same with examples in memory, or in a file below the system's temporary directory. */
    static List<Double> speeds(Work work, Shuffle shuffle) {
        Training training = new Training();
        try (ExampleSource examples = shuffle == Shuffle.WHOLE ? examples(work) : examplesOnDisk(work);
                TrainingSession trainer = Engine.local().start(plan(work, shuffle), examples, null)) {
            trainer.fit(training);
        }
        return training.speeds.subList(1, training.speeds.size());
    }

    @Override
    public boolean beforeBatch(TrainingSession trainer) {
        return true;
    }

    @Override
    public void onEpoch(EpochReport report, TrainingSession trainer) {
        speeds.add(report.samplesPerSecond());
    }

    private static TrainingPlan plan(Work work, Shuffle shuffle) {
        List<LayerSpec> layers = new ArrayList<>();
        for (int units : work.hidden()) {
            layers.add(new LayerSpec.DenseSpec(units));
            layers.add(new LayerSpec.ReluSpec());
        }
        return new TrainingPlan(
                NetworkSpec.sequence(layers).withOutput(work.classes()).wire(work.features()),
                LossSpec.SoftmaxCrossEntropySpec.DEFAULT,
                work.optimizer().equals("adam")
                        ? new OptimizerSpec.AdamSpec(work.learningRate(), 0.9, 0.999, 1e-8)
                        : new OptimizerSpec.SgdSpec(work.learningRate(), 0, false),
                Hyperparameters.of(work.epochs(), work.batch(), Work.SEED).with(shuffle),
                new ClassificationTarget(IntStream.range(0, work.classes())
                        .mapToObj(Integer::toString)
                        .toList()),
                work.threads(),
                null);
    }

    private static Examples examples(Work work) {
        SplittableRandom random = new SplittableRandom(Work.SEED);
        Matrix inputs = Matrix.zeros(Precision.FLOAT32, work.rows(), work.features());
        for (int i = 0; i < inputs.size(); i++) {
            inputs.set(i, random.nextDouble());
        }
        return new Examples(inputs, targets(work, random));
    }

    private static Matrix targets(Work work, SplittableRandom random) {
        Matrix targets = Matrix.zeros(Precision.FLOAT32, work.rows(), 1);
        for (int row = 0; row < work.rows(); row++) {
            targets.set(row, random.nextInt(work.classes()));
        }
        return targets;
    }

    /** The same numbers. The file has no name once it is mapped. */
    private static ExampleSource examplesOnDisk(Work work) {
        SplittableRandom random = new SplittableRandom(Work.SEED);
        try {
            Path file = Files.createTempFile("examples", ".npy");
            byte[] header = Npy.header(work.rows(), work.features());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(header));
                ByteBuffer row =
                        ByteBuffer.allocateDirect(work.features() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < work.rows(); i++) {
                    row.clear();
                    while (row.hasRemaining()) {
                        row.putFloat((float) random.nextDouble());
                    }
                    row.flip();
                    while (row.hasRemaining()) {
                        channel.write(row);
                    }
                }
                channel.force(true);
            }
            MappedMatrix inputs = MappedMatrix.of(file, header.length, work.rows(), work.features());
            Files.delete(file);
            boolean[] used = new boolean[work.features()];
            Arrays.fill(used, true);
            return new MappedExamples(inputs, targets(work, random), null, used);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
