package dev.descent.core.data;

import dev.descent.core.data.encode.Encoding;
import dev.descent.core.data.encode.LevelCode;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Takes the means of targets by level: of the whole training part, and for each of its folds without it. */
final class TargetMeans {

    private final TrainingPart part;
    private final Encoding.TargetMeanSpec spec;
    private final int places;

    /** The fold of each row of the table; −1 outside the training part. */
    private final byte[] foldOfRow;

    /** By fold, then by place × target; the last place is the sum of all. */
    private final double[][] sums;

    private final long[][] counts;

    /** @param placeOf the place of the level of each row; negative, or beyond the last, for none */
    TargetMeans(TrainingPart part, Encoding.TargetMeanSpec spec, int places, PlaceOfRow placeOf) {
        this.part = part;
        this.spec = spec;
        this.places = places;
        this.foldOfRow = folds(part, spec);
        int targets = part.targets().count();
        this.sums = new double[spec.folds()][(places + 1) * targets];
        this.counts = new long[spec.folds()][places + 1];
        for (int row : part.rows()) {
            int fold = foldOfRow[row];
            add(fold, places, row);
            int place = placeOf.of(row);
            if (place >= 0 && place < places) {
                add(fold, place, row);
            }
        }
    }

    /** The place of the level of a row. */
    @FunctionalInterface
    interface PlaceOfRow {
        int of(int row);
    }

    private static byte[] folds(TrainingPart part, Encoding.TargetMeanSpec spec) {
        int[] order = part.rows().clone();
        RandomStream.shuffle(order, RandomStream.FOLDS.of(spec.seed()));
        byte[] folds = new byte[part.table().rows()];
        Arrays.fill(folds, (byte) -1);
        for (int i = 0; i < order.length; i++) {
            folds[order[i]] = (byte) (i % spec.folds());
        }
        return folds;
    }

    private void add(int fold, int place, int row) {
        int targets = part.targets().count();
        counts[fold][place]++;
        for (int target = 0; target < targets; target++) {
            sums[fold][place * targets + target] += part.targets().of(row, target);
        }
    }

    /** Of the whole training part. */
    LevelCode.TargetMean ofAll() {
        return new LevelCode.TargetMean(
                IntStream.range(0, places).mapToObj(place -> means(-1, place)).toList(),
                means(-1, places),
                spec.smoothing(),
                spec.folds(),
                spec.seed());
    }

    private LevelCode.Means means(int fold, int place) {
        return new LevelCode.Means(IntStream.range(0, part.targets().count())
                .mapToObj(target -> mean(fold, place, target))
                .toList());
    }

    /** Of the rows outside the fold of a row of the training part. */
    double meanFor(int row, int place, int target) {
        return mean(foldOfRow[row], place < 0 ? places : Math.min(place, places), target);
    }

    /** @param fold the one that is left out */
    private double mean(int fold, int place, int target) {
        double overall = ratio(sum(fold, places, target), count(fold, places), 0);
        return place == places
                ? overall
                : ratio(
                        sum(fold, place, target) + spec.smoothing() * overall,
                        count(fold, place) + spec.smoothing(),
                        overall);
    }

    private double sum(int fold, int place, int target) {
        double sum = 0;
        for (int other = 0; other < spec.folds(); other++) {
            sum += other == fold ? 0 : sums[other][place * part.targets().count() + target];
        }
        return sum;
    }

    private double count(int fold, int place) {
        double count = 0;
        for (int other = 0; other < spec.folds(); other++) {
            count += other == fold ? 0 : counts[other][place];
        }
        return count;
    }

    private static double ratio(double sum, double count, double otherwise) {
        return count > 0 ? sum / count : otherwise;
    }
}
