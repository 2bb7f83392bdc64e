package dev.descent.model.evaluation;

import dev.descent.core.data.Cell;
import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import org.jspecify.annotations.Nullable;

/** A cell as clients see it: a number, a string, or a time. */
final class CellView {

    private CellView() {}

    static @Nullable Object of(Column column, int row) {
        if (column.isMissing(row)) {
            return null;
        }
        if (column instanceof Column.Numbers numbers) {
            return ofNumber(numbers.value(row), column.type() == ColumnType.DATETIME);
        }
        Column.Levels levels = (Column.Levels) column;
        return levels.levels().get(levels.codes()[row]);
    }

    /** @param isDate whether it counts days since 1970-01-01 */
    static @Nullable Object ofNumber(@Nullable Double number, boolean isDate) {
        return number != null && isDate ? Cell.dateOf(number) : number;
    }
}
