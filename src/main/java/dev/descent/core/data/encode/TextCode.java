package dev.descent.core.data.encode;

import dev.descent.core.Name;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The inputs that stand for a text: a vector of length 1, or zeros if it has none of the terms. */
public sealed interface TextCode {

    /** The number of inputs. */
    int width();

    /** Writes {@link #width} numbers, starting at {@code inputs[at]}. */
    void encode(String text, double[] inputs, int at);

    /** What tells an input from the others of its column. */
    List<String> inputNames();

    /** Divides by the length of the vector. */
    private static void normalize(double[] inputs, int from, int to) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += inputs[i] * inputs[i];
        }
        for (int i = from; squares > 0 && i < to; i++) {
            inputs[i] /= Math.sqrt(squares);
        }
    }

    /**
     * Each term adds 1 or −1 to the input that its hash names; the sign makes terms that share an input cancel out on
     * average.
     *
     * <p>Source: Weinberger et al., "Feature Hashing for Large Scale Multitask Learning" (2009).
     */
    @Name("hashed_ngrams")
    record HashedNgrams(
            @Name("tokenizer") Tokenizer tokenizer,
            @Name("buckets") int buckets) implements TextCode {

        private static final long FNV_OFFSET = 0xcbf29ce484222325L;
        private static final long FNV_PRIME = 0x100000001b3L;

        @Override
        public int width() {
            return buckets;
        }

        @Override
        public void encode(String text, double[] inputs, int at) {
            Arrays.fill(inputs, at, at + buckets, 0);
            for (String term : tokenizer.terms(text)) {
                long hash = hash(term);
                inputs[at + (int) Long.remainderUnsigned(hash >>> 1, buckets)] += (hash & 1) == 0 ? 1 : -1;
            }
            normalize(inputs, at, at + buckets);
        }

        /** FNV-1a of the UTF-8 bytes, mixed by the finalizer of SplitMix64, since its lower bits alone are weak. */
        private static long hash(String term) {
            long hash = FNV_OFFSET;
            for (byte value : term.getBytes(StandardCharsets.UTF_8)) {
                hash = (hash ^ (value & 0xff)) * FNV_PRIME;
            }
            long a = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
            long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
            return b ^ (b >>> 31);
        }

        @Override
        public List<String> inputNames() {
            return IntStream.range(0, buckets)
                    .mapToObj(bucket -> "bucket " + bucket)
                    .toList();
        }
    }

    /**
     * How often each term occurs times its weight, ln((1 + n) / (1 + texts with the term)) + 1 over the n texts of the
     * training part, as scikit-learn's TfidfVectorizer.
     *
     * @param terms those in the most texts of the training part, in alphabetical order
     * @param weights one per term
     */
    @Name("tf_idf")
    record TfIdf(
            @Name("tokenizer") Tokenizer tokenizer,
            @Name("terms") List<String> terms,
            @Name("weights") List<Double> weights)
            implements TextCode {

        public TfIdf {
            terms = List.copyOf(terms);
            weights = List.copyOf(weights);
        }

        /**
         * Fits to the training part.
         *
         * @param textOf the text of one of its {@code count} rows that have any
         */
        public static TfIdf fit(Tokenizer tokenizer, int maxTerms, int count, IntFunction<String> textOf) {
            Map<String, Integer> texts = new HashMap<>();
            for (int i = 0; i < count; i++) {
                new HashSet<>(tokenizer.terms(textOf.apply(i))).forEach(term -> texts.merge(term, 1, Integer::sum));
            }
            List<String> terms = texts.entrySet().stream()
                    .sorted(Comparator.comparingInt((Map.Entry<String, Integer> term) -> -term.getValue())
                            .thenComparing(Map.Entry::getKey))
                    .limit(maxTerms)
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
            return new TfIdf(
                    tokenizer,
                    terms,
                    terms.stream()
                            .map(term -> StrictMath.log((1.0 + count) / (1.0 + texts.getOrDefault(term, 0))) + 1)
                            .toList());
        }

        /** At least one, so that a column without any term has an input, too. */
        @Override
        public int width() {
            return Math.max(1, terms.size());
        }

        @Override
        public void encode(String text, double[] inputs, int at) {
            Arrays.fill(inputs, at, at + width(), 0);
            for (String term : tokenizer.terms(text)) {
                int index = Collections.binarySearch(terms, term);
                if (index >= 0) {
                    inputs[at + index] += weights.get(index);
                }
            }
            normalize(inputs, at, at + width());
        }

        @Override
        public List<String> inputNames() {
            return terms.isEmpty()
                    ? List.of("no term")
                    : terms.stream().map("\"%s\""::formatted).toList();
        }
    }
}
