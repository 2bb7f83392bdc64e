package dev.descent.model.evaluation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.descent.core.Name;
import dev.descent.core.data.Table;
import dev.descent.core.train.LinearBaseline;
import dev.descent.core.train.evaluate.ConstantBaseline;
import dev.descent.core.train.evaluate.PredictedPart;
import dev.descent.core.train.evaluate.Predictor;
import dev.descent.core.train.evaluate.metrics.Headline;
import dev.descent.core.train.examples.LearnableRows;
import dev.descent.core.train.examples.PreparedData;
import dev.descent.core.train.examples.Task;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What simpler models make of the same rows. Neither jobs nor datasets change, so it is computed once and kept. */
@Component
class Baselines {

    private static final int MOST_KEPT = 1_000;

    private final Cache<Key, View> known =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    private record Key(String jobId, Part part) {}

    /**
     * @param constant null for an autoencoder
     * @param linear null for an autoencoder, and where too few rows are bearable for so many inputs
     */
    record View(
            @Name("constant") @Nullable Constant constant,
            @Name("linear") @Nullable Linear linear) {}

    /**
     * The most frequent class, or the mean, of the training part.
     *
     * @param wayToPerfect how much of the way from it to a perfect model the job's model made, by figure
     */
    record Constant(
            @Name("prediction") Object prediction,
            @Name("figures") Map<String, @Nullable Double> figures,
            @Name("way_to_perfect") Map<String, @Nullable Double> wayToPerfect) {}

    /**
     * A linear model of the same inputs.
     *
     * @param rows of the training part that it was trained on
     */
    record Linear(
            @Name("rows") int rows,
            @Name("epochs") int epochs,
            @Name("figures") Map<String, @Nullable Double> figures,
            @Name("way_to_perfect") Map<String, @Nullable Double> wayToPerfect) {}

    View of(PartReader.Reading read, Headline model) {
        Key key = new Key(read.part().jobId(), read.part().part());
        View found = known.getIfPresent(key);
        if (found != null) {
            return found;
        }
        View computed = new View(constant(read, model), linear(read, model));
        known.put(key, computed);
        return computed;
    }

    private static @Nullable Constant constant(PartReader.Reading read, Headline model) {
        return ConstantBaseline.of(
                        read.part().predicted(),
                        read.table(),
                        read.part().specification().targets(),
                        read.data().split().train())
                .map(baseline -> new Constant(
                        baseline.prediction(), baseline.headline().byName(), model.wayFrom(baseline.headline())))
                .orElse(null);
    }

    private static @Nullable Linear linear(PartReader.Reading read, Headline model) {
        if (read.part().specification().task() == Task.AUTOENCODER) {
            return null;
        }
        Table table = read.table();
        List<String> targets = read.part().specification().targets();
        int[] rows = read.part().predicted().rows();
        return LinearBaseline.use(withoutEmbedding(read), read.deadline(), trained -> {
            try (Predictor predictor = new Predictor(trained.model())) {
                Headline linear = PredictedPart.of(predictor, table, targets, rows, read.deadline())
                        .headline();
                return new Linear(trained.rows(), trained.epochs(), linear.byName(), model.wayFrom(linear));
            }
        });
    }

    private static PreparedData withoutEmbedding(PartReader.Reading read) {
        PreparedData data = read.data();
        return data.columns().holdLevelNumbers()
                ? LearnableRows.of(read.table(), data.task().withoutEmbedding(), read.deadline())
                        .prepare(data.split(), read.deadline())
                : data;
    }
}
