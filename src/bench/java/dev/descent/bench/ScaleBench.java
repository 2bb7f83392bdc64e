package dev.descent.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How the time per epoch grows with the number of rows. Prints one JSON line per number of rows; {@code to_linear} is
 * the time per row relative to that of the first line: 1 if twice the rows take twice as long. The time is the median
 * of the second half of the epochs, when everything has been compiled.
 *
 * <pre>
 * --rows 10000,100000,1000000 --features 20 --hidden 64 --classes 3 --batch 256 --optimizer sgd --threads 2
 * --visits 6000000  rows that each line trains on, over all epochs; at least 6 epochs
 * </pre>
 */
public final class ScaleBench {

    private static final int LEAST_EPOCHS = 6;

    private ScaleBench() {}

    public static void main(String[] arguments) {
        FastBlas.require();
        Map<String, String> defaults = new HashMap<>(Work.DEFAULTS);
        defaults.keySet().removeAll(List.of("epochs", "grid"));
        defaults.putAll(Map.of(
                "rows", "10000,100000,1000000",
                "features", "20",
                "hidden", "64",
                "classes", "3",
                "batch", "256",
                "visits", "6000000"));
        Options options = new Options(defaults, arguments);
        double first = Double.NaN;
        for (int rows : options.numbers("rows")) {
            Work work = work(options, rows);
            double secondsPerRow = secondsPerRow(work);
            first = Double.isNaN(first) ? secondsPerRow : first;
            print(work, secondsPerRow, secondsPerRow / first);
        }
    }

    private static Work work(Options options, int rows) {
        return new Work(
                rows,
                options.number("features"),
                options.numbers("hidden"),
                options.number("classes"),
                options.number("batch"),
                options.text("optimizer"),
                options.number("threads"),
                Math.max(LEAST_EPOCHS, options.number("visits") / rows));
    }

    private static double secondsPerRow(Work work) {
        List<Double> speeds = Training.speeds(work);
        List<Double> later = speeds.subList(speeds.size() / 2, speeds.size());
        return 1 / later.stream().sorted().skip(later.size() / 2).findFirst().orElseThrow();
    }

    private static void print(Work work, double secondsPerRow, double toLinear) {
        System.out.printf(
                Locale.ROOT,
                "{\"rows\":%d,\"network\":\"%s\",\"batch\":%d,\"optimizer\":\"%s\",\"threads\":%d,\"epochs\":%d,\"seconds_per_epoch\":%.5f,\"microseconds_per_row\":%.3f,\"to_linear\":%.2f}%n",
                work.rows(),
                work.network(),
                work.batch(),
                work.optimizer(),
                work.threads(),
                work.epochs(),
                secondsPerRow * work.rows(),
                1e6 * secondsPerRow,
                toLinear);
    }
}
