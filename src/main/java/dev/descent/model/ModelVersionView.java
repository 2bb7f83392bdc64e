package dev.descent.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Name;
import dev.descent.core.data.CategoricalEncoder;
import dev.descent.core.data.Cell;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.NumberEncoder;
import dev.descent.core.data.TargetEncoder;
import dev.descent.dataset.DatasetReading;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A version of a model as clients see it.
 *
 * @param reading by which rows to predict are read
 * @param job, dataset null for whoever sees the model alone
 */
record ModelVersionView(
        @Name("object") String object,
        @Name("name") String name,
        @Name("owner") String owner,
        @Name("version") int version,
        @Name("created_at") Instant createdAt,
        @Name("job") @Nullable String job,
        @Name("dataset") @Nullable String dataset,
        @Name("targets") List<String> targets,
        @Name("task") String task,
        @Name("parameter_count") long parameterCount,
        @Name("inputs") List<Input> inputs,
        @Name("reading") DatasetReading reading,
        @Name("outputs") List<Output> outputs,
        @Name("evaluation") JsonNode evaluation,
        @Name("weights_sha256") String weightsSha256) {

    /**
     * A column needed for predictions.
     *
     * @param min, max of the training part: a number, or an ISO date for dates
     * @param imputed replaces an empty cell
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Input(
            @Name("name") String name,
            @Name("type") ColumnType type,
            @Name("levels") @Nullable List<String> levels,
            @Name("min") @Nullable Object min,
            @Name("max") @Nullable Object max,
            @Name("imputed") @Nullable Object imputed) {

        static Input of(ColumnEncoder encoder) {
            if (encoder instanceof NumberEncoder numbers) {
                return new Input(
                        numbers.name(),
                        numbers.columnType(),
                        null,
                        readable(numbers, numbers.min()),
                        readable(numbers, numbers.max()),
                        readable(numbers, numbers.imputed().value()));
            }
            CategoricalEncoder levels = (CategoricalEncoder) encoder;
            String imputed = levels.mostFrequent() < 0 ? null : levels.levels().get(levels.mostFrequent());
            return new Input(levels.name(), levels.columnType(), levels.levels(), null, null, imputed);
        }

        private static Object readable(NumberEncoder encoder, double value) {
            return encoder.columnType() == ColumnType.DATETIME ? Cell.dateOf(value) : (Object) value;
        }
    }

    /**
     * The components of a prediction.
     *
     * @param labels of a target of classes
     * @param threshold the smallest reconstruction error that makes a row an anomaly
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Output(
            @Name("name") String name,
            @Name("type") String type,
            @Name("labels") @Nullable List<String> labels,
            @Name("threshold") @Nullable Double threshold) {

        static List<Output> of(List<String> targets, TargetEncoder encoder) {
            return encoder.match(
                    classes -> List.of(new Output(targets.get(0), "categorical", classes.labels(), null)),
                    numbers -> targets.stream()
                            .map(target -> new Output(target, "numeric", null, null))
                            .toList(),
                    inputs -> List.of(new Output("reconstruction_error", "numeric", null, inputs.threshold())));
        }
    }
}
