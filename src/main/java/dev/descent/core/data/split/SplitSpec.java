package dev.descent.core.data.split;

import dev.descent.core.Bounds;
import dev.descent.core.ByField;
import dev.descent.core.Name;
import dev.descent.core.Required;
import dev.descent.core.data.RandomStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How rows are split into a training, a validation and a test part, once or once for each fold. */
@ByField
public sealed interface SplitSpec
        permits SplitSpec.RandomSpec,
                SplitSpec.ColumnSpec,
                SplitSpec.TimeSpec,
                SplitSpec.GroupSpec,
                SplitSpec.FoldsSpec {

    /** The maximum length of a column's name. */
    int MAX_NAME = 1_000;

    /**
     * The same with shares that add up to 1 and nothing left open.
     *
     * @param classes whether the target has classes
     */
    SplitSpec resolved(boolean classes);

    /** The share of each part; null if a column says which rows are in which, or there are folds. */
    @Nullable
    Shares shares();

    /** What decides about the part of a row; null if it is chance alone. */
    @Nullable
    Key key();

    /** Applies the function for this kind of split. */
    <T> T match(
            Function<RandomSpec, T> random,
            Function<ColumnSpec, T> column,
            Function<TimeSpec, T> time,
            Function<GroupSpec, T> group,
            Function<FoldsSpec, T> folds);

    /** The folds of a cross-validation; null for any other split. */
    default @Nullable FoldsSpec crossValidation() {
        return this instanceof FoldsSpec folds ? folds : null;
    }

    /** How many networks the model has. */
    default int members() {
        FoldsSpec folds = crossValidation();
        return folds != null && folds.ensemble ? folds.heldOut() : 1;
    }

    /** How many times a network is fitted, each time to another training part. */
    default int fits() {
        return 1;
    }

    /**
     * A column that decides about the part of a row.
     *
     * @param field that names it in a specification
     * @param feature whether it can be an input unless it is asked for
     */
    record Key(String field, String column, boolean feature) {}

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

        static final Shares DEFAULT = new Shares(0.8, 0.1, 0.1);

        public double sum() {
            return train + validation + test;
        }

        public Shares normalized() {
            return new Shares(train / sum(), validation / sum(), test / sum());
        }

        double[] toArray() {
            return new double[] {train, validation, test};
        }

        /** How many parts have a share. */
        public int parts() {
            return 1 + (validation > 0 ? 1 : 0) + (test > 0 ? 1 : 0);
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

        public static final RandomSpec DEFAULT =
                new RandomSpec(Shares.DEFAULT.train, Shares.DEFAULT.validation, Shares.DEFAULT.test, null, 0);

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
        public @Nullable Key key() {
            return null;
        }

        @Override
        public <T> T match(
                Function<RandomSpec, T> random,
                Function<ColumnSpec, T> column,
                Function<TimeSpec, T> time,
                Function<GroupSpec, T> group,
                Function<FoldsSpec, T> folds) {
            return random.apply(this);
        }
    }

    /**
     * As a column says, whose values are the names of the parts.
     *
     * @param column with a value of {@link Split#PARTS} in every row
     */
    record ColumnSpec(
            @Name("column") @Required @Bounds(min = 1, max = MAX_NAME)
            String column) implements SplitSpec {

        @Override
        public ColumnSpec resolved(boolean classes) {
            return this;
        }

        @Override
        public @Nullable Shares shares() {
            return null;
        }

        @Override
        public Key key() {
            return new Key("column", column, false);
        }

        @Override
        public <T> T match(
                Function<RandomSpec, T> random,
                Function<ColumnSpec, T> byColumn,
                Function<TimeSpec, T> time,
                Function<GroupSpec, T> group,
                Function<FoldsSpec, T> folds) {
            return byColumn.apply(this);
        }
    }

    /**
     * By time: the oldest rows are trained on, the newest are tested.
     *
     * @param time a column of times or numbers
     */
    record TimeSpec(
            @Name("time") @Required @Bounds(min = 1, max = MAX_NAME)
            String time,

            @Name("train") @Bounds(min = Shares.LEAST_TRAIN, max = Shares.MOST)
            double train,

            @Name("validation") @Bounds(min = 0, max = Shares.MOST)
            double validation,

            @Name("test") @Bounds(min = 0, max = Shares.MOST)
            double test)
            implements SplitSpec {

        public static final TimeSpec DEFAULT =
                new TimeSpec("time", Shares.DEFAULT.train, Shares.DEFAULT.validation, Shares.DEFAULT.test);

        @Override
        public TimeSpec resolved(boolean classes) {
            Shares of1 = shares().normalized();
            return new TimeSpec(time, of1.train, of1.validation, of1.test);
        }

        @Override
        public Shares shares() {
            return new Shares(train, validation, test);
        }

        @Override
        public Key key() {
            return new Key("time", time, true);
        }

        @Override
        public <T> T match(
                Function<RandomSpec, T> random,
                Function<ColumnSpec, T> column,
                Function<TimeSpec, T> byTime,
                Function<GroupSpec, T> group,
                Function<FoldsSpec, T> folds) {
            return byTime.apply(this);
        }
    }

    /**
     * By group: the rows of a group are in the same part, which is chosen at random.
     *
     * @param group a column whose values are the groups
     */
    record GroupSpec(
            @Name("group") @Required @Bounds(min = 1, max = MAX_NAME)
            String group,

            @Name("train") @Bounds(min = Shares.LEAST_TRAIN, max = Shares.MOST)
            double train,

            @Name("validation") @Bounds(min = 0, max = Shares.MOST)
            double validation,

            @Name("test") @Bounds(min = 0, max = Shares.MOST)
            double test,

            @Name("seed") @Bounds(min = -RandomStream.MAX_SEED, max = RandomStream.MAX_SEED)
            long seed)
            implements SplitSpec {

        public static final GroupSpec DEFAULT =
                new GroupSpec("group", Shares.DEFAULT.train, Shares.DEFAULT.validation, Shares.DEFAULT.test, 0);

        @Override
        public GroupSpec resolved(boolean classes) {
            Shares of1 = shares().normalized();
            return new GroupSpec(group, of1.train, of1.validation, of1.test, seed);
        }

        @Override
        public Shares shares() {
            return new Shares(train, validation, test);
        }

        @Override
        public Key key() {
            return new Key("group", group, false);
        }

        @Override
        public <T> T match(
                Function<RandomSpec, T> random,
                Function<ColumnSpec, T> column,
                Function<TimeSpec, T> time,
                Function<GroupSpec, T> byGroup,
                Function<FoldsSpec, T> folds) {
            return byGroup.apply(this);
        }
    }

    /**
     * Cross-validation: the rows are dealt into folds, and each fold is held out once while the others are trained on.
     * Afterwards all rows are trained on, unless the networks of the folds are the model together.
     *
     * @param folds the number of folds
     * @param repeats how often the rows are dealt anew
     * @param stratify whether each fold preserves the class frequencies of the whole, or for regression those of
     *     {@link QuantileBins} of the first target; null for classification alone
     * @param group a column whose values are groups: the rows of each are in the same fold; null for none
     * @param ensemble whether the model is the mean of what all folds' networks say
     */
    record FoldsSpec(
            @Name("folds") @Required @Bounds(min = 2, max = Folds.MOST)
            int folds,

            @Name("repeats") @Bounds(min = 1, max = MOST_REPEATS)
            int repeats,

            @Name("stratify") @Nullable Boolean stratify,

            @Name("seed") @Bounds(min = -RandomStream.MAX_SEED, max = RandomStream.MAX_SEED)
            long seed,

            @Name("group") @Nullable @Bounds(min = 1, max = MAX_NAME)
            String group,

            @Name("ensemble") boolean ensemble)
            implements SplitSpec {

        public static final int MOST_REPEATS = 20;

        /** The maximum number of folds of all repeats together. */
        public static final int MOST_HELD_OUT = 100;

        public static final FoldsSpec DEFAULT = new FoldsSpec(5, 1, null, 0, null, false);

        /** Groups are dealt as a whole, whatever is in them. */
        public boolean isStratified(boolean classes) {
            return stratify == null ? classes && group == null : stratify;
        }

        /** The number of folds of all repeats together. */
        public int heldOut() {
            return folds * repeats;
        }

        @Override
        public int fits() {
            return ensemble ? heldOut() : heldOut() + 1;
        }

        @Override
        public FoldsSpec resolved(boolean classes) {
            return new FoldsSpec(folds, repeats, isStratified(classes), seed, group, ensemble);
        }

        @Override
        public @Nullable Shares shares() {
            return null;
        }

        @Override
        public @Nullable Key key() {
            return group == null ? null : new Key("group", group, false);
        }

        @Override
        public <T> T match(
                Function<RandomSpec, T> random,
                Function<ColumnSpec, T> column,
                Function<TimeSpec, T> time,
                Function<GroupSpec, T> byGroup,
                Function<FoldsSpec, T> byFolds) {
            return byFolds.apply(this);
        }
    }
}
