package dev.descent.job.fold;

import dev.descent.core.train.evaluate.HeldOutPredictions;
import dev.descent.core.train.evaluate.Prediction;
import dev.descent.format.CsvOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Out-of-fold predictions as CSV: for each row and repeat, what the model says that was not trained on it. The columns
 * are {@code row} (from 1), {@code repeat}, {@code fold}, {@code actual}, or {@code actual_<target>} of several, and
 * those of a prediction.
 */
public final class OutOfFoldCsv implements AutoCloseable {

    private final CsvOutput csv;
    private final List<String> targets;
    private boolean begun;

    /** @param targets the columns that are predicted */
    public OutOfFoldCsv(OutputStream out, List<String> targets) {
        this.csv = new CsvOutput(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.targets = targets;
    }

    /** Writes the rows of all folds of a repeat in the order of the table. */
    public void write(int repeat, List<HeldOutPredictions> folds) {
        int[] next = new int[folds.size()];
        for (int fold = first(folds, next); fold >= 0; fold = first(folds, next)) {
            write(repeat, fold + 1, folds.get(fold), next[fold]++);
        }
    }

    /** The fold whose next row comes first; −1 if there is none left. */
    private static int first(List<HeldOutPredictions> folds, int[] next) {
        int first = -1;
        for (int fold = 0; fold < next.length; fold++) {
            HeldOutPredictions candidate = folds.get(fold);
            if (next[fold] < candidate.count()
                    && (first < 0
                            || candidate.row(next[fold]) < folds.get(first).row(next[first]))) {
                first = fold;
            }
        }
        return first;
    }

    private void write(int repeat, int fold, HeldOutPredictions rows, int index) {
        Prediction prediction = rows.prediction(index);
        if (!begun) {
            csv.write(header(prediction));
            begun = true;
        }
        List<@Nullable Object> cells = new ArrayList<>(List.of(rows.row(index) + 1, repeat, fold));
        for (int target = 0; target < targets.size(); target++) {
            double actual = rows.target(index, target);
            cells.add(prediction.match(
                    classes -> classes.labels().get((int) actual), numbers -> actual, inputs -> actual));
        }
        cells.addAll(prediction.match(
                row -> withNumbers(row.label(), row.probabilities()),
                row -> withNumbers(null, row.values()),
                row -> List.of(row.error(), row.anomaly())));
        csv.write(cells);
    }

    private List<String> header(Prediction prediction) {
        List<String> names = new ArrayList<>(List.of("row", "repeat", "fold"));
        names.addAll(byTarget("actual"));
        names.addAll(prediction.match(
                row -> {
                    List<String> columns = new ArrayList<>(List.of("label"));
                    row.labels().forEach(label -> columns.add("probability_" + label));
                    return columns;
                },
                row -> byTarget("value"),
                row -> List.of("reconstruction_error", "anomaly")));
        return names;
    }

    private List<String> byTarget(String name) {
        return targets.size() == 1
                ? List.of(name)
                : targets.stream().map(target -> name + "_" + target).toList();
    }

    private static List<Object> withNumbers(@Nullable String label, double[] numbers) {
        List<Object> cells = new ArrayList<>();
        if (label != null) {
            cells.add(label);
        }
        Arrays.stream(numbers).forEach(cells::add);
        return cells;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
