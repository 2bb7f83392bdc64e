package dev.descent.core.data.encode;

import dev.descent.core.Name;
import java.util.List;
import java.util.stream.IntStream;

/** The inputs that stand for a level, by its place: from 0 to {@code places} − 1; any other is unseen. */
public sealed interface LevelCode {

    /** The number of inputs. */
    int width(int places);

    /** Writes the inputs of a place, starting at {@code inputs[at]}. */
    void encode(int place, int places, double[] inputs, int at);

    /** What tells an input of the column from its others; empty if it is the only one. */
    List<String> inputNames(int places);

    /**
     * (place − mean) / deviation; 0 for an unseen level.
     *
     * @param mean, deviation of the places in the training part, divided by n; a constant column has deviation 1
     */
    @Name("ordinal")
    record Ordinal(
            @Name("mean") double mean, @Name("deviation") double deviation) implements LevelCode {

        /** @param counts of the training part, by place */
        public static Ordinal fit(int[] counts) {
            double rows = Math.max(1, IntStream.of(counts).asLongStream().sum());
            double mean = IntStream.range(0, counts.length)
                            .mapToDouble(place -> (double) place * counts[place])
                            .sum()
                    / rows;
            double variance = IntStream.range(0, counts.length)
                            .mapToDouble(place -> counts[place] * (place - mean) * (place - mean))
                            .sum()
                    / rows;
            return new Ordinal(mean, variance > 0 ? Math.sqrt(variance) : 1);
        }

        @Override
        public int width(int places) {
            return 1;
        }

        @Override
        public void encode(int place, int places, double[] inputs, int at) {
            inputs[at] = place < 0 || place >= places ? 0 : (place - mean) / deviation;
        }

        @Override
        public List<String> inputNames(int places) {
            return List.of("");
        }
    }

    /** The bits of place + 1, the lowest first; zeros for an unseen level. */
    @Name("binary")
    record Binary() implements LevelCode {

        /** Enough for every place, and at least one. */
        public static int bits(int places) {
            return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(places));
        }

        @Override
        public int width(int places) {
            return bits(places);
        }

        @Override
        public void encode(int place, int places, double[] inputs, int at) {
            int number = place < 0 || place >= places ? 0 : place + 1;
            for (int bit = 0; bit < bits(places); bit++) {
                inputs[at + bit] = (number >>> bit) & 1;
            }
        }

        @Override
        public List<String> inputNames(int places) {
            return IntStream.range(0, bits(places))
                    .mapToObj(bit -> "bit " + bit)
                    .toList();
        }
    }

    /**
     * The smoothed mean of each target; the mean of all for an unseen level.
     *
     * @param means by place, then by target
     * @param overall by target
     * @param smoothing, folds, seed as in {@link Encoding.TargetMeanSpec}
     */
    @Name("target_mean")
    record TargetMean(
            @Name("means") List<Means> means,
            @Name("overall") Means overall,
            @Name("smoothing") double smoothing,
            @Name("folds") int folds,
            @Name("seed") long seed)
            implements LevelCode {

        public TargetMean {
            means = List.copyOf(means);
        }

        /** What was asked for. */
        public Encoding.TargetMeanSpec spec() {
            return new Encoding.TargetMeanSpec(smoothing, folds, seed);
        }

        @Override
        public int width(int places) {
            return overall.byTarget().size();
        }

        @Override
        public void encode(int place, int places, double[] inputs, int at) {
            Means found = place < 0 || place >= means.size() ? overall : means.get(place);
            for (int target = 0; target < found.byTarget().size(); target++) {
                inputs[at + target] = found.byTarget().get(target);
            }
        }

        @Override
        public List<String> inputNames(int places) {
            int width = width(places);
            return width == 1
                    ? List.of("target mean")
                    : IntStream.range(0, width)
                            .mapToObj(target -> "target mean " + target)
                            .toList();
        }
    }

    /** One number per target. */
    record Means(@Name("by_target") List<Double> byTarget) {

        public Means {
            byTarget = List.copyOf(byTarget);
        }
    }
}
