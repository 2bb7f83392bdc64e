package dev.descent.core.nn.parameter;

import dev.descent.bench.MicroBenchmark;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.optimizer.GradientRules;
import dev.descent.core.nn.optimizer.Optimizer;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a {@link DirectStep} saves: computing the gradient of 784 × 128 weights and taking a plain gradient descent
 * step.
 */
public class DirectStepBench extends MicroBenchmark {

    private static final int INPUTS = 784;
    private static final int UNITS = 128;
    private static final double RATE = 1e-6;

    @Param({"true", "false"})
    public boolean direct;

    @Param({"32", "256"})
    public int batch;

    @Param({"1", "2"})
    public int threads;

    private ThreadTeam team;
    private Parameters parameters;
    private Parameter weight;
    private Optimizer sgd;
    private Matrix inputs;
    private Matrix outputGradient;

    @Setup
    public void prepare() {
        SplittableRandom random = new SplittableRandom(1);
        team = new ThreadTeam(threads, Precision.FLOAT32);
        parameters = new Parameters(team, random(random, 1, INPUTS * UNITS), INPUTS * UNITS);
        weight = parameters.add("weight", Parameter.Kind.WEIGHT, INPUTS, UNITS);
        sgd = new OptimizerSpec.SgdSpec(RATE, 0, false).build(parameters, GradientRules.NONE);
        inputs = random(random, batch, INPUTS);
        outputGradient = random(random, batch, UNITS);
        team.start();
    }

    private static Matrix random(SplittableRandom random, int rows, int columns) {
        Matrix matrix = Matrix.zeros(Precision.FLOAT32, rows, columns);
        for (int index = 0; index < matrix.size(); index++) {
            matrix.set(index, random.nextDouble(-1, 1));
        }
        return matrix;
    }

    @Benchmark
    public void step() {
        sgd.prepare(RATE, !direct);
        weight.takeGradient(inputs, outputGradient);
        sgd.step(RATE);
    }

    @TearDown
    public void close() {
        team.close();
        sgd.close();
        parameters.close();
        inputs.close();
        outputGradient.close();
    }
}
