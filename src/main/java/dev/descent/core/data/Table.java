package dev.descent.core.data;

import dev.descent.core.Count;
import java.util.List;
import java.util.Optional;

/**
 * Examples in columns of equal length.
 *
 * @param rows the number of examples
 */
public record Table(List<Column> columns, int rows) {

    public Table {
        columns = List.copyOf(columns);
        for (Column column : columns) {
            if (column.rows() != rows) {
                throw new IllegalArgumentException("Column '%s' has %s where the table has %d"
                        .formatted(column.name(), Count.of(column.rows(), "row"), rows));
            }
        }
    }

    /** The heap that all cells occupy. */
    public long heapBytes() {
        return columns.stream().mapToLong(Column::heapBytes).sum();
    }

    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
