package dev.descent.core.data;

import dev.descent.core.Bounds;
import dev.descent.core.ByField;
import dev.descent.core.Name;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How rows are split into a training, a validation and a test part. */
@ByField
public sealed interface SplitSpec {

    /**
     * The same with shares that add up to 1 and nothing left open.
     *
     * @param classes whether the target has classes
     */
    SplitSpec resolved(boolean classes);

    /** The share of each part; null if a column says which rows are in which. */
    @Nullable
    Shares shares();

    /** The column by which rows are split. */
    Optional<String> column();

    /** Applies the function for this kind of split. */
    <T> T match(Function<RandomSpec, T> random);

    /**
     * The share of each part. They need not add up to 1: 8, 1, 1 means the same as 0.8, 0.1, 0.1.
     *
     * @param train the part that the weights are fitted to; above 0
     * @param validation the part that selects the best epoch
     * @param test the part that is held out until the final score
     */
    record Shares(double train, double validation, double test) {

        /** Of the training part, both as it is given and of all parts together. */
        public static final double LEAST_TRAIN = 1e-6;

        public static final double MOST = 1e6;

        public double sum() {
            return train + validation + test;
        }

        public Shares normalized() {
            return new Shares(train / sum(), validation / sum(), test / sum());
        }
    }

    /**
     * At random.
     *
     * @param stratify whether each part preserves the class frequencies of the whole, or for regression those of
     *     {@link QuantileBins} of the first target; null for classification alone
     */
    record RandomSpec(
            @Name("train") @Bounds(min = Shares.LEAST_TRAIN, max = Shares.MOST)
            double train,

            @Name("validation") @Bounds(min = 0, max = Shares.MOST)
            double validation,

            @Name("test") @Bounds(min = 0, max = Shares.MOST)
            double test,

            @Name("stratify") @Nullable Boolean stratify,

            @Name("seed") @Bounds(min = -RandomStream.MAX_SEED, max = RandomStream.MAX_SEED)
            long seed)
            implements SplitSpec {

        public static final RandomSpec DEFAULT = new RandomSpec(0.8, 0.1, 0.1, null, 0);

        /** @param classes whether the target has classes */
        public boolean isStratified(boolean classes) {
            return stratify == null ? classes : stratify;
        }

        @Override
        public RandomSpec resolved(boolean classes) {
            Shares of1 = shares().normalized();
            return new RandomSpec(of1.train, of1.validation, of1.test, isStratified(classes), seed);
        }

        @Override
        public Shares shares() {
            return new Shares(train, validation, test);
        }

        @Override
        public Optional<String> column() {
            return Optional.empty();
        }

        @Override
        public <T> T match(Function<RandomSpec, T> random) {
            return random.apply(this);
        }
    }
}
