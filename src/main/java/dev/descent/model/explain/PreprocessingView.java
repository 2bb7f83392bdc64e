package dev.descent.model.explain;

import dev.descent.core.Name;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.TargetEncoder;
import dev.descent.core.data.encode.Fitted;
import dev.descent.core.data.encode.Scaling;
import dev.descent.request.SpecWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Every constant that was fitted to the training part.
 *
 * @param target one per number to predict; null for other tasks
 */
public record PreprocessingView(
        @Name("columns") List<Input> columns,
        @Name("target") @Nullable List<Output> target) {

    /**
     * How a column becomes inputs.
     *
     * @param impute what stands in for an empty cell
     * @param encode the fitted scaling or encoding
     * @param firstInput the index of the first of its inputs
     * @param inputs their names
     */
    public record Input(
            @Name("column") String column,
            @Name("type") ColumnType type,
            @Name("impute") Fitted.Substitute impute,
            @Name("encode") Record encode,
            @Name("first_input") int firstInput,
            @Name("inputs") List<String> inputs) {}

    /** How a number to predict is transformed. */
    public record Output(
            @Name("column") String column,
            @Name("transform") Scaling transform) {}

    /** In the form that clients see. */
    public static JsonNode of(List<ColumnEncoder> encoders, TargetEncoder target) {
        List<Input> columns = new ArrayList<>();
        int first = 0;
        for (ColumnEncoder encoder : encoders) {
            columns.add(new Input(
                    encoder.name(),
                    encoder.columnType(),
                    encoder.substitute(),
                    encoder.fitted(),
                    first,
                    encoder.inputNames()));
            first += encoder.width();
        }
        List<Output> outputs = target.match(
                classes -> List.of(),
                numbers -> IntStream.range(0, numbers.outputs())
                        .mapToObj(i -> new Output(
                                numbers.names().get(i), numbers.scales().get(i).transformed()))
                        .toList(),
                inputs -> List.of());
        return SpecWriter.write(new PreprocessingView(columns, outputs.isEmpty() ? null : outputs));
    }
}
