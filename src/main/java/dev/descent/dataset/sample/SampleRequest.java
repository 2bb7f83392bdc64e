package dev.descent.dataset.sample;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.core.Required;
import dev.descent.core.data.RandomStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A sample as a client wants it.
 *
 * @param rows of a generated sample
 * @param noise of a generated sample, in the unit of each; null for its default
 * @param seed of a generated sample
 */
public record SampleRequest(
        @Name("name") @Required Sample sample,

        @Name("rows") @Bounds(min = 2, max = 1_000_000) int rows,

        @Name("noise") @Nullable @Bounds(min = 0, max = 10) Double noise,

        @Name("seed") @Bounds(min = -RandomStream.MAX_SEED, max = RandomStream.MAX_SEED)
        long seed) {

    /** The sample stands there only because a record has one: requests must name theirs. */
    static final SampleRequest DEFAULT = new SampleRequest(Sample.IRIS, 1_000, null, 0);

    /** What the dataset is called. */
    public String name() {
        return Names.of(sample);
    }

    /** What the dataset is, and how to make it again. */
    public String description() {
        if (sample.content() instanceof GeneratedTable table) {
            List<String> columns = table.columns();
            return String.format(
                    Locale.ROOT,
                    "%s: %,d rows, noise %s, seed %d. Target: %s",
                    table.description(),
                    rows,
                    new BigDecimal(Double.toString(noiseOf(table)))
                            .stripTrailingZeros()
                            .toPlainString(),
                    seed,
                    columns.get(columns.size() - 1));
        }
        return ((ShippedFile) sample.content()).description();
    }

    /** Columns of numbers that are classes. */
    public Set<String> classes() {
        return sample.content() instanceof ShippedFile file ? file.classes() : Set.of();
    }

    /** The sample as CSV, in UTF-8 with commas and a header; to be closed. */
    public InputStream open() throws IOException {
        return sample.content() instanceof GeneratedTable table
                ? new GeneratedRows(table, rows, noiseOf(table), seed)
                : ((ShippedFile) sample.content()).open();
    }

    private double noiseOf(GeneratedTable table) {
        return noise == null ? table.defaultNoise() : noise;
    }
}
