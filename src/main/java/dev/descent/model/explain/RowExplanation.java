package dev.descent.model.explain;

import dev.descent.core.Name;
import dev.descent.core.data.CellStep;
import dev.descent.core.data.ColumnEncoder;
import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The way of one row to the network, cell by cell.
 *
 * @param model the name of the model
 * @param inputs the number of the network's inputs
 */
public record RowExplanation(
        @Name("object") String object,
        @Name("model") String model,
        @Name("version") int version,
        @Name("inputs") int inputs,
        @Name("columns") List<Cell> columns) {

    /**
     * One cell.
     *
     * @param given as the request has it
     * @param finding {@code nothing}, {@code imputed}, {@code unseen} or {@code out_of_range}
     * @param steps from what was read to what the inputs are made of
     */
    public record Cell(
            @Name("column") String column,
            @Name("type") String type,
            @Name("given") JsonNode given,
            @Name("finding") ColumnEncoder.Finding finding,
            @Name("steps") List<CellStep> steps,
            @Name("inputs") List<Input> inputs) {}

    /**
     * One input of the network.
     *
     * @param index among all inputs, from 0
     */
    public record Input(
            @Name("index") int index,
            @Name("name") String name,
            @Name("value") double value) {}

    /**
     * Explains the first row of a table.
     *
     * @param given the row as the request has it
     */
    public static RowExplanation of(String model, int version, Preprocessor preprocessor, Table table, JsonNode given) {
        double[] values = new double[preprocessor.width()];
        Map<String, ColumnEncoder.Finding> findings = new HashMap<>();
        preprocessor.bind(table).encode(0, values, (encoder, row, finding) -> findings.put(encoder.name(), finding));
        List<Cell> cells = new ArrayList<>();
        int first = 0;
        for (ColumnEncoder encoder : preprocessor.encoders()) {
            List<Input> inputs = new ArrayList<>();
            for (String name : encoder.inputNames()) {
                int index = first + inputs.size();
                inputs.add(new Input(index, name, values[index]));
            }
            cells.add(new Cell(
                    encoder.name(),
                    encoder.columnType().label(),
                    given.path(encoder.name()),
                    findings.getOrDefault(encoder.name(), ColumnEncoder.Finding.NOTHING),
                    encoder.steps(table, 0),
                    inputs));
            first += encoder.width();
        }
        return new RowExplanation("model.row_explanation", model, version, values.length, cells);
    }
}
