package dev.descent.dataset;

import dev.descent.core.data.CellReader;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.cell.TextTable;
import dev.descent.dataset.format.Row;
import dev.descent.dataset.format.RowHandler;
import dev.descent.dataset.format.RowSource;
import dev.descent.dataset.profile.ColumnProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonSerializable;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.jsontype.TypeSerializer;

/** Writes rows of a file as JSON one by one, so that only a single row of them is ever in memory. */
record RowWriter(RowSource source, List<Field> fields, TextTable missingValues, long offset, int limit)
        implements JacksonSerializable {

    /**
     * A column to write.
     *
     * @param index in the file
     * @param cells by the rules of the column
     * @param isNumeric whether its cells are numbers
     * @param isDoubtful whether these are written as the strings that they are in the file
     * @param isWhole whether all of them are integers
     */
    record Field(int index, String name, CellReader cells, boolean isNumeric, boolean isDoubtful, boolean isWhole) {

        static Field of(int index, ColumnProfile column, CellReader cells) {
            return new Field(
                    index,
                    column.name(),
                    cells,
                    column.type() == ColumnType.NUMERIC,
                    column.isDoubtful(),
                    column.onlyWhole());
        }
    }

    @Override
    public void serialize(JsonGenerator json, SerializationContext context) {
        json.writeStartArray();
        try {
            source.read(new RowHandler() {
                private long row;

                @Override
                public void header(List<String> columns) {
                    // The profile already has them.
                }

                @Override
                public boolean row(Row cells) {
                    if (row >= offset) {
                        write(cells, json);
                    }
                    row++;
                    return row - offset < limit;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        json.writeEndArray();
    }

    private void write(Row cells, JsonGenerator json) {
        json.writeStartObject();
        for (Field field : fields) {
            json.writeName(field.name());
            int from = cells.from(field.index());
            int to = cells.to(field.index());
            if (missingValues.find(cells.characters(), from, to) != TextTable.UNKNOWN) {
                json.writeNull();
            } else if (field.isNumeric()) {
                write(cells, from, to, field, json);
            } else {
                json.writeString(cells.characters(), from, to - from);
            }
        }
        json.writeEndObject();
    }

    private static void write(Row cells, int from, int to, Field field, JsonGenerator json) {
        double number = field.cells().number(cells.characters(), from, to);
        if (field.isDoubtful() && !Double.isNaN(number)) {
            json.writeString(cells.characters(), from, to - from);
        } else if (field.isWhole() && Math.abs(number) < 1L << 53) {
            json.writeNumber((long) number);
        } else if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }

    @Override
    public void serializeWithType(JsonGenerator json, SerializationContext context, TypeSerializer types) {
        serialize(json, context);
    }
}
