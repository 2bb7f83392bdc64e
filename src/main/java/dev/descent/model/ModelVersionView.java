package dev.descent.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Name;
import dev.descent.core.data.CategoricalEncoder;
import dev.descent.core.data.Cell;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.DateEncoder;
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
 * @param members the number of networks of an ensemble, of whose first inputs, outputs and preprocessing are; null for one
 * @param reading by which rows to predict are read
 * @param preprocessing every fitted constant
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

        @Name("members") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Integer members,

        @Name("inputs") List<Input> inputs,
        @Name("reading") DatasetReading reading,
        @Name("outputs") List<Output> outputs,
        @Name("preprocessing") JsonNode preprocessing,
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
            Object imputed = encoder.substitute().value();
            if (encoder instanceof NumberEncoder numbers) {
                return of(encoder, numbers.min(), numbers.max(), imputed);
            }
            if (encoder instanceof DateEncoder dates) {
                return of(encoder, dates.min(), dates.max(), imputed);
            }
            List<String> levels = encoder instanceof CategoricalEncoder categorical ? categorical.levels() : null;
            return new Input(encoder.name(), encoder.columnType(), levels, null, null, imputed);
        }

        private static Input of(ColumnEncoder encoder, double min, double max, @Nullable Object imputed) {
            boolean isDate = encoder.columnType() == ColumnType.DATETIME;
            return new Input(
                    encoder.name(),
                    encoder.columnType(),
                    null,
                    isDate ? Cell.dateOf(min) : (Object) min,
                    isDate ? Cell.dateOf(max) : (Object) max,
                    imputed);
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
