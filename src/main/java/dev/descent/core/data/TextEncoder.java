package dev.descent.core.data;

import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.core.data.encode.Encoding;
import dev.descent.core.data.encode.Fitted;
import dev.descent.core.data.encode.Impute;
import dev.descent.core.data.encode.TextCode;
import dev.descent.core.data.encode.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Texts as the terms that they are made of. An empty cell is a text without any, so its inputs are 0. */
@Name("text_encoder")
public record TextEncoder(
        @Name("name") String name,
        @Name("column_type") ColumnType columnType,
        @Name("code") TextCode code) implements ColumnEncoder {

    static TextEncoder fit(Column.Levels column, int[] rows, Encoding encoding) {
        if (encoding instanceof Encoding.HashedNgramsSpec spec) {
            Tokenizer tokenizer = new Tokenizer(spec.analyzer(), spec.minN(), spec.maxN());
            return new TextEncoder(column.name(), column.type(), new TextCode.HashedNgrams(tokenizer, spec.buckets()));
        }
        Encoding.TfIdfSpec spec = (Encoding.TfIdfSpec) encoding;
        int[] known = Arrays.stream(rows).filter(row -> !column.isMissing(row)).toArray();
        Tokenizer tokenizer = new Tokenizer(spec.analyzer(), spec.minN(), spec.maxN());
        return new TextEncoder(
                column.name(),
                column.type(),
                TextCode.TfIdf.fit(tokenizer, spec.maxTerms(), known.length, i -> text(column, known[i])));
    }

    private static String text(Column.Levels column, int row) {
        return column.isMissing(row) ? "" : column.levels().get(column.codes()[row]);
    }

    @Override
    public int width() {
        return code.width();
    }

    @Override
    public List<String> inputNames() {
        return code.inputNames().stream().map(part -> name + " " + part).toList();
    }

    @Override
    public Fitted.Substitute substitute() {
        return new Fitted.Substitute(Impute.CONSTANT, "");
    }

    @Override
    public Record fitted() {
        return (Record) code;
    }

    @Override
    public List<CellStep> steps(Table table, int row) {
        Column.Levels column = (Column.Levels) table.column(name).orElseThrow();
        double[] inputs = new double[width()];
        code.encode(text(column, row), inputs, 0);
        List<CellStep> steps = new ArrayList<>();
        steps.add(column.isMissing(row) ? new CellStep("missing", null) : new CellStep("read", text(column, row)));
        steps.add(new CellStep(
                Names.of(code.getClass()),
                Arrays.stream(inputs).filter(input -> input != 0).count()));
        return steps;
    }

    @Override
    public CellEncoder bind(Table table) {
        Column.Levels column = (Column.Levels) table.column(name).orElseThrow();
        return (row, inputs, at) -> {
            code.encode(text(column, row), inputs, at);
            return column.isMissing(row) ? Finding.IMPUTED : Finding.NOTHING;
        };
    }
}
