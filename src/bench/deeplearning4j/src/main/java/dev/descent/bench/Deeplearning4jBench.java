package dev.descent.bench;

import java.util.Locale;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Training speed of Deeplearning4j on the work of {@code TrainerBench}, with the same options and the same JSON lines.
 * It trains with {@code fit(iterator)}, which prepares the next batch on another thread: twice as fast as repeated
 * {@code fit(inputs, targets)}.
 */
public final class Deeplearning4jBench {

    private final Work work;
    private final INDArray inputs;
    private final INDArray targets;

    private Deeplearning4jBench(Work work) {
        this.work = work;
        Nd4j.getRandom().setSeed(Work.SEED);
        this.inputs = Nd4j.rand(DataType.FLOAT, work.rows(), work.features());
        this.targets = Nd4j.zeros(DataType.FLOAT, work.rows(), work.classes());
        SplittableRandom random = new SplittableRandom(Work.SEED);
        for (int row = 0; row < work.rows(); row++) {
            targets.putScalar(row, random.nextInt(work.classes()), 1f);
        }
    }

    public static void main(String[] arguments) {
        Kernels.requireUnpinned();
        for (Work work : Work.all(new Options(Work.DEFAULTS, arguments))) {
            setThreads(work.threads());
            new Deeplearning4jBench(work).measure();
        }
    }

    private static void setThreads(int threads) {
        // The first array loads the native libraries, which select their own kernels.
        Nd4j.create(1).close();
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        Nd4j.factory().blas().setMaxThreads(threads);
    }

    private void measure() {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration());
        network.init();
        RandomBatches batches = new RandomBatches(inputs, targets, work.batch(), new SplittableRandom(Work.SEED));
        double best = 0;
        for (int epoch = 0; epoch < work.epochs(); epoch++) {
            long start = System.nanoTime();
            // Resets the batches first, which shuffles the rows.
            network.fit(batches);
            double seconds = (System.nanoTime() - start) / 1e9;
            best = epoch == 0 ? 0 : Math.max(best, work.rows() / seconds);
        }
        if (!Double.isFinite(network.score())) {
            throw new IllegalStateException("The loss became " + network.score());
        }
        inputs.close();
        targets.close();
        print(best);
    }

    private MultiLayerConfiguration configuration() {
        IUpdater updater =
                work.optimizer().equals("adam") ? new Adam(work.learningRate()) : new Sgd(work.learningRate());
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(Work.SEED)
                .updater(updater)
                .list();
        int width = work.features();
        for (int units : work.hidden()) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(width)
                    .nOut(units)
                    .activation(Activation.RELU)
                    .build());
            width = units;
        }
        return layers.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(width)
                        .nOut(work.classes())
                        .activation(Activation.SOFTMAX)
                        .build())
                .build();
    }

    private void print(double samplesPerSecond) {
        System.out.printf(
                Locale.ROOT,
                "{\"peer\":\"deeplearning4j\",\"network\":\"%s\",\"batch\":%d,\"optimizer\":\"%s\",\"threads\":%d,\"samples_per_second\":%.0f,\"java\":\"%s\",\"version\":\"%s\",\"build\":\"%s\"}%n",
                work.network(),
                work.batch(),
                work.optimizer(),
                work.threads(),
                samplesPerSecond,
                System.getProperty("java.version"),
                System.getProperty("bench.version"),
                System.getProperty("bench.build"));
    }
}
