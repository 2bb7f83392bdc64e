package dev.descent.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The workload of a measurement, the same for Descent and others: a network dense-relu-…-dense with softmax
 * cross-entropy, and random rows to match.
 *
 * @param hidden the units of each hidden layer
 * @param optimizer {@code sgd} or {@code adam}
 * @param epochs the first is never counted
 */
record Work(
        int rows,
        int features,
        List<Integer> hidden,
        int classes,
        int batch,
        String optimizer,
        int threads,
        int epochs) {

    static final int SEED = 1;

    static final Map<String, String> DEFAULTS = Map.of(
            "rows", "60000",
            "features", "784",
            "hidden", "128",
            "classes", "10",
            "batch", "100",
            "optimizer", "sgd",
            "threads", "2",
            "epochs", "3",
            "grid", "false");

    private static final Map<String, Double> LEARNING_RATES = Map.of("sgd", 0.01, "adam", 0.001);

    Work {
        if (!LEARNING_RATES.containsKey(optimizer)) {
            throw new IllegalArgumentException("No optimizer: %s; accepted: sgd, adam".formatted(optimizer));
        }
        if (epochs < 2) {
            throw new IllegalArgumentException(
                    "%d epochs; accepted: from 2, the first is not counted".formatted(epochs));
        }
    }

    static Work of(Options options) {
        return new Work(
                options.number("rows"),
                options.number("features"),
                options.numbers("hidden"),
                options.number("classes"),
                options.number("batch"),
                options.text("optimizer"),
                options.number("threads"),
                options.number("epochs"));
    }

    /**
     * The work that the options describe; with {@code --grid}, batches of 32, 100, 256 and 1024 with both optimizers,
     * and a wide network at 256.
     */
    static List<Work> all(Options options) {
        Work given = of(options);
        if (!options.isOn("grid")) {
            return List.of(given);
        }
        List<Work> grid = new ArrayList<>();
        for (String optimizer : List.of("sgd", "adam")) {
            for (int batch : List.of(32, 100, 256, 1024)) {
                grid.add(given.with(List.of(128), batch, optimizer));
            }
        }
        for (String optimizer : List.of("sgd", "adam")) {
            grid.add(given.with(List.of(1024, 1024), 256, optimizer));
        }
        return grid;
    }

    private Work with(List<Integer> otherHidden, int otherBatch, String otherOptimizer) {
        return new Work(rows, features, otherHidden, classes, otherBatch, otherOptimizer, threads, epochs);
    }

    double learningRate() {
        return LEARNING_RATES.get(optimizer);
    }

    /** Such as {@code 784-128-10}. */
    String network() {
        return Stream.of(List.of(features), hidden, List.of(classes))
                .flatMap(List::stream)
                .map(String::valueOf)
                .collect(Collectors.joining("-"));
    }
}
