package dev.descent.core.data;

import dev.descent.core.Name;

/** Turns the cells of one raw column into network inputs. Fitted to the training part and immutable from then on. */
public sealed interface ColumnEncoder permits NumberEncoder, CategoricalEncoder {

    String name();

    ColumnType columnType();

    /** The number of network inputs per cell. */
    int width();

    /**
     * 0 if the inputs are plain numbers; otherwise the one input is a level index, from 0 inclusive to this exclusive.
     */
    default int levelNumbers() {
        return 0;
    }

    /** Binds this encoder to the cells of a column of its type. */
    CellEncoder bind(Column column);

    /** Writes the inputs of one row. */
    @FunctionalInterface
    interface CellEncoder {

        /** Writes {@link #width} numbers, starting at {@code inputs[at]}, and returns what was found in the cell. */
        Finding encode(int row, double[] inputs, int at);
    }

    /** How a cell was treated. */
    enum Finding {
        @Name("nothing")
        NOTHING,
        @Name("imputed")
        IMPUTED,
        /** A level that the training part does not have. */
        @Name("unseen")
        UNSEEN,
        /** A level of the training part that is too rare for an input of its own. */
        @Name("rare")
        RARE,
        /** One of both; the model does not know which. */
        @Name("rare_or_unseen")
        RARE_OR_UNSEEN,
        @Name("out_of_range")
        OUT_OF_RANGE
    }
}
