package dev.descent.bench;

import dev.descent.core.data.TargetEncoder;
import dev.descent.core.nn.Blas;
import dev.descent.core.nn.LayerSpec;
import dev.descent.core.nn.LossSpec;
import dev.descent.core.nn.Matrix;
import dev.descent.core.nn.NetworkSpec;
import dev.descent.core.nn.OptimizerSpec;
import dev.descent.core.nn.Precision;
import dev.descent.core.train.EpochReport;
import dev.descent.core.train.Examples;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.Trainer;
import dev.descent.core.train.TrainingListener;
import dev.descent.core.train.TrainingPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Training speed of dense-relu-…-dense with softmax cross-entropy, by the trainer that jobs use: float32 rows in memory, a fresh shuffle every epoch,
 * rows gathered batch by batch, forward, loss, backward, update. One JSON line per measurement; {@code samples_per_second} is the best epoch after the
 * first.
 *
 * <pre>
 * --rows 60000 --features 784 --hidden 128 --classes 10 --batch 100 --optimizer sgd --threads 2 --epochs 3
 * --jobs 2  so many at the same time, whose speeds are added up
 * --grid    batches 32, 100, 256, 1024 by sgd, adam, and the wide net 784-1024-1024-10 at 256
 * </pre>
 */
public final class TrainerBench {

    private static final int SEED = 1;
    private static final Map<String, Double> LEARNING_RATES = Map.of("sgd", 0.01, "adam", 0.001);

    private final Map<String, String> options = new HashMap<>(Map.of(
            "rows", "60000",
            "features", "784",
            "hidden", "128",
            "classes", "10",
            "batch", "100",
            "optimizer", "sgd",
            "threads", "2",
            "epochs", "3",
            "jobs", "1"));

    private TrainerBench(String[] arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        while (!words.isEmpty()) {
            String name = words.remove(0);
            if (!name.startsWith("--")) {
                throw new IllegalArgumentException("Not an option: " + name);
            }
            boolean flag = words.isEmpty() || words.get(0).startsWith("--");
            options.put(name.substring(2), flag ? "" : words.remove(0));
        }
    }

    public static void main(String[] arguments) {
        requireFastBlas();
        TrainerBench bench = new TrainerBench(arguments);
        if (!bench.options.containsKey("grid")) {
            bench.measure();
            return;
        }
        for (String optimizer : List.of("sgd", "adam")) {
            for (String batch : List.of("32", "100", "256", "1024")) {
                bench.options.putAll(Map.of("optimizer", optimizer, "batch", batch, "hidden", "128"));
                bench.measure();
            }
        }
        for (String optimizer : List.of("sgd", "adam")) {
            bench.options.putAll(Map.of("optimizer", optimizer, "batch", "256", "hidden", "1024,1024"));
            bench.measure();
        }
    }

    /** Figures of a slow kernel would be of no use. */
    private static void requireFastBlas() {
        if (System.getenv("OPENBLAS_CORETYPE") != null) {
            throw new IllegalStateException("OPENBLAS_CORETYPE is set, which pins the kernels; unset it to measure");
        }
        Blas.load();
        String blas = Blas.description();
        if (!blas.startsWith("oneDNN ")) {
            throw new IllegalStateException("The loaded BLAS is not the fast one: " + blas);
        }
    }

    private int number(String option) {
        return Integer.parseInt(options.getOrDefault(option, ""));
    }

    private String text(String option) {
        return options.getOrDefault(option, "");
    }

    private void measure() {
        List<LayerSpec> layers = new ArrayList<>();
        for (String units : text("hidden").split(",")) {
            layers.add(new LayerSpec.DenseSpec(Integer.parseInt(units)));
            layers.add(new LayerSpec.ReluSpec());
        }
        double learningRate = LEARNING_RATES.getOrDefault(text("optimizer"), 0.01);
        OptimizerSpec optimizer = text("optimizer").equals("adam")
                ? new OptimizerSpec.AdamSpec(learningRate, 0.9, 0.999, 1e-8)
                : new OptimizerSpec.SgdSpec(learningRate, 0, false);
        int classes = number("classes");
        TrainingPlan plan = new TrainingPlan(
                NetworkSpec.sequence(layers).withOutput(classes).wire(number("features")),
                LossSpec.SoftmaxCrossEntropySpec.DEFAULT,
                optimizer,
                Hyperparameters.of(number("epochs"), number("batch"), SEED),
                new TargetEncoder.Classes(
                        IntStream.range(0, classes).mapToObj(Integer::toString).toList()),
                number("threads"),
                null);
        List<Best> jobs = IntStream.range(0, number("jobs"))
                .mapToObj(job -> CompletableFuture.supplyAsync(() -> train(plan)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        print(jobs);
    }

    private Best train(TrainingPlan plan) {
        Best best = new Best();
        try (Examples examples = examples();
                Trainer trainer = new Trainer(plan, examples, null)) {
            trainer.fit(best);
        }
        return best;
    }

    private Examples examples() {
        SplittableRandom random = new SplittableRandom(SEED);
        int rows = number("rows");
        Matrix inputs = Matrix.zeros(Precision.FLOAT32, rows, number("features"));
        for (int i = 0; i < inputs.size(); i++) {
            inputs.set(i, random.nextDouble());
        }
        Matrix targets = Matrix.zeros(Precision.FLOAT32, rows, 1);
        for (int row = 0; row < rows; row++) {
            targets.set(row, random.nextInt(number("classes")));
        }
        return new Examples(inputs, targets);
    }

    private void print(List<Best> jobs) {
        String network = "%s-%s-%s".formatted(text("features"), text("hidden").replace(',', '-'), text("classes"));
        System.out.printf(
                Locale.ROOT,
                "{\"peer\":\"descent\",\"network\":\"%s\",\"batch\":%s,\"optimizer\":\"%s\",\"threads\":%s,\"jobs\":%s,\"samples_per_second\":%.0f,\"java\":\"%s\",\"blas\":\"%s\"}%n",
                network,
                text("batch"),
                text("optimizer"),
                text("threads"),
                text("jobs"),
                jobs.stream().mapToDouble(Best::afterTheFirst).sum(),
                System.getProperty("java.version"),
                Blas.description());
    }

    /** Notes the speed of each epoch. */
    private static final class Best implements TrainingListener {

        private final List<Double> speeds = new ArrayList<>();

        double afterTheFirst() {
            return speeds.stream().skip(1).max(Double::compare).orElseThrow();
        }

        @Override
        public boolean beforeBatch(Trainer trainer) {
            return true;
        }

        @Override
        public void onEpoch(EpochReport report, Trainer trainer) {
            speeds.add(report.samplesPerSecond());
        }
    }
}
