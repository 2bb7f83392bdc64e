package dev.descent.core.nn;

import dev.descent.bench.MicroBenchmark;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.loss.Loss;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.GradientRules;
import dev.descent.core.nn.optimizer.Optimizer;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The parts of a training step of 784-128-10. */
public class StepBench extends MicroBenchmark {

    private static final int INPUTS = 784;
    private static final int HIDDEN = 128;
    private static final int CLASSES = 10;

    @Param({"32", "256"})
    public int batch;

    @Param({"1", "2"})
    public int threads;

    private final Loss crossEntropy = LossSpec.SoftmaxCrossEntropySpec.DEFAULT.build();
    private ThreadTeam team;
    private Network network;
    private Optimizer adam;
    private Matrix inputs;
    private Matrix targets;
    private Matrix outputs;
    private Matrix gradient;

    @Setup
    public void prepare() {
        SplittableRandom random = new SplittableRandom(1);
        Wiring wiring = NetworkSpec.sequence(List.of(new LayerSpec.DenseSpec(HIDDEN), new LayerSpec.ReluSpec()))
                .withOutput(CLASSES)
                .wire(INPUTS);
        team = new ThreadTeam(threads, Precision.FLOAT32);
        network = new Network(team, wiring, Precision.FLOAT32, batch, Network.Purpose.TRAINING);
        network.initialise(random);
        adam = new OptimizerSpec.AdamSpec(0.001, 0.9, 0.999, 1e-8).build(network.parameters(), GradientRules.NONE);
        inputs = Matrix.zeros(Precision.FLOAT32, batch, INPUTS);
        for (int index = 0; index < inputs.size(); index++) {
            inputs.set(index, random.nextDouble());
        }
        targets = Matrix.zeros(Precision.FLOAT32, batch, 1);
        for (int row = 0; row < batch; row++) {
            targets.set(row, random.nextInt(CLASSES));
        }
        gradient = Matrix.zeros(Precision.FLOAT32, batch, CLASSES);
        team.start();
        // Each part needs the results of the previous ones.
        outputs = forward();
        lossAndGradient();
        backward();
    }

    @Benchmark
    public Matrix forward() {
        return network.forward(inputs);
    }

    @Benchmark
    public double lossAndGradient() {
        return crossEntropy.evaluate(team, outputs, targets, null, gradient);
    }

    @Benchmark
    public void backward() {
        network.backward(gradient);
    }

    @Benchmark
    public void adamStep() {
        adam.step(0.001);
    }

    @TearDown
    public void close() {
        team.close();
    }
}
