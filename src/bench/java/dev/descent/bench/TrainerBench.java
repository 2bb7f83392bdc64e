package dev.descent.bench;

import dev.descent.core.Names;
import dev.descent.core.math.Blas;
import dev.descent.core.train.Shuffle;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Training speed of dense-relu-…-dense with softmax cross-entropy, using the trainer of real jobs: float32 rows in
 * memory, a new shuffle every epoch, rows gathered batch by batch, forward, loss, backward, update. Prints one JSON
 * line per measurement; {@code samples_per_second} is that of the best epoch after the first.
 *
 * <pre>
 * --rows 60000 --features 784 --hidden 128 --classes 10 --batch 100 --optimizer sgd --threads 2 --epochs 3
 * --shuffle whole  or blocks, with the rows in a file
 * --jobs 2  concurrent trainings, whose speeds are added up
 * --grid    batches of 32, 100, 256, 1024 with sgd and adam, and the wide net 784-1024-1024-10 at 256; the default
 * </pre>
 */
public final class TrainerBench {

    private TrainerBench() {}

    public static void main(String[] arguments) {
        FastBlas.require();
        Map<String, String> defaults = new HashMap<>(Work.DEFAULTS);
        defaults.putAll(Map.of("jobs", "1", "shuffle", "whole", "grid", Boolean.toString(arguments.length == 0)));
        Options options = new Options(defaults, arguments);
        for (Work work : Work.all(options)) {
            measure(work, Names.constant(Shuffle.class, options.text("shuffle")), options.number("jobs"));
        }
    }

    private static void measure(Work work, Shuffle shuffle, int jobs) {
        double samplesPerSecond = IntStream.range(0, jobs)
                .mapToObj(job -> CompletableFuture.supplyAsync(() -> Collections.max(Training.speeds(work, shuffle))))
                .toList()
                .stream()
                .mapToDouble(CompletableFuture::join)
                .sum();
        System.out.printf(
                Locale.ROOT,
                "{\"peer\":\"descent\",\"network\":\"%s\",\"batch\":%d,\"optimizer\":\"%s\",\"threads\":%d,\"jobs\":%d,\"shuffle\":\"%s\",\"samples_per_second\":%.0f,\"java\":\"%s\",\"blas\":\"%s\"}%n",
                work.network(),
                work.batch(),
                work.optimizer(),
                work.threads(),
                jobs,
                Names.of(shuffle),
                samplesPerSecond,
                System.getProperty("java.version"),
                Blas.description());
    }
}
