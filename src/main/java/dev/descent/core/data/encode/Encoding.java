package dev.descent.core.data.encode;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import java.util.List;

/** How the cells of a column that are no plain numbers become inputs: what to fit to the training part. */
public sealed interface Encoding {

    /**
     * One input per level, plus a last one for every level that is rare or absent from the training part.
     *
     * @param minCount a level with fewer rows in the training part is rare
     */
    @Name("one_hot")
    record OneHotSpec(
            @Name("min_count") @Bounds(min = 1, max = 1_000_000)
            int minCount) implements Encoding {
        public static final OneHotSpec DEFAULT = new OneHotSpec(1);
    }

    /** One input: the rank of the level, standardized. */
    @Name("ordinal")
    record OrdinalSpec() implements Encoding {}

    /** The bits of the level's number, from 1; all are 0 for a level that is absent from the training part. */
    @Name("binary")
    record BinarySpec() implements Encoding {}

    /**
     * The mean of the target among the training rows with the level, smoothed towards the mean of all: (Σ y + smoothing
     * · mean) / (n + smoothing). One input for a target of numbers or two classes; one per class for more, its share;
     * one per target for several. A row of the training part gets the mean of other rows, those outside its fold, since
     * its own target would give itself away.
     *
     * <p>Source: Micci-Barreca, "A Preprocessing Scheme for High-Cardinality Categorical Attributes in Classification
     * and Prediction Problems" (2001); Pargent et al., "Regularized target encoding outperforms traditional methods in
     * supervised machine learning with high cardinality features" (2022).
     *
     * @param smoothing how many rows the mean of all counts for
     * @param folds into how many parts of equal size the training part is divided
     * @param seed of that division
     */
    @Name("target_mean")
    record TargetMeanSpec(
            @Name("smoothing") @Bounds(min = 0, max = 1e6) double smoothing,
            @Name("folds") @Bounds(min = 2, max = 100) int folds,

            @Name("seed") @Bounds(min = 0, max = Integer.MAX_VALUE)
            long seed)
            implements Encoding {
        public static final TargetMeanSpec DEFAULT = new TargetMeanSpec(10, 5, 0);

        /** The most classes of a target. */
        public static final int MAX_CLASSES = 100;
    }

    /**
     * Parts of a date that come round, and the time since other dates.
     *
     * @param differences other datetime features: each adds an input, the days since then, standardized
     */
    @Name("datetime_parts")
    record DatetimePartsSpec(
            @Name("parts") @Bounds(min = 1, max = 4) List<DatePart> parts,
            @Name("differences") @Bounds(min = 0, max = 100) List<String> differences)
            implements Encoding {
        public static final DatetimePartsSpec DEFAULT = new DatetimePartsSpec(List.of(DatePart.values()), List.of());

        public DatetimePartsSpec {
            parts = List.copyOf(parts);
            differences = List.copyOf(differences);
        }
    }

    /** Whether it is of texts rather than of levels. */
    default boolean isOfTexts() {
        return this instanceof HashedNgramsSpec || this instanceof TfIdfSpec;
    }

    /** Terms of a text, by their hashes. */
    @Name("hashed_ngrams")
    record HashedNgramsSpec(
            @Name("analyzer") Tokenizer.Analyzer analyzer,
            @Name("min_n") @Bounds(min = 1, max = 10) int minN,
            @Name("max_n") @Bounds(min = 1, max = 10) int maxN,
            @Name("buckets") @Bounds(min = 1, max = 10_000) int buckets)
            implements Encoding {
        public static final HashedNgramsSpec DEFAULT = new HashedNgramsSpec(Tokenizer.Analyzer.WORD, 1, 2, 256);
    }

    /** The most frequent terms of a text, the rarer the weightier. */
    @Name("tf_idf")
    record TfIdfSpec(
            @Name("analyzer") Tokenizer.Analyzer analyzer,
            @Name("min_n") @Bounds(min = 1, max = 10) int minN,
            @Name("max_n") @Bounds(min = 1, max = 10) int maxN,

            @Name("max_terms") @Bounds(min = 1, max = 10_000)
            int maxTerms)
            implements Encoding {
        public static final TfIdfSpec DEFAULT = new TfIdfSpec(Tokenizer.Analyzer.WORD, 1, 1, 200);
    }
}
