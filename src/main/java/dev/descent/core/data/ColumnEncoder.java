package dev.descent.core.data;

import dev.descent.core.Name;

/** Turns the cells of one raw column into inputs of a network; fitted to the training part, then never changed. */
public sealed interface ColumnEncoder permits NumberEncoder, CategoricalEncoder {

    String name();

    ColumnType columnType();

    /** How many inputs of the network one cell becomes. */
    int width();

    /** 0 where the inputs are plain numbers; else the one input is the number of a level, from 0 to this − 1. */
    default int levelNumbers() {
        return 0;
    }

    /** This encoder over the cells of a column of its type. */
    CellEncoder bind(Column column);

    /** Writes the inputs of one row. */
    @FunctionalInterface
    interface CellEncoder {

        /** Writes {@link #width} numbers from {@code inputs[at]} on, and says what there was to say about the cell. */
        Finding encode(int row, double[] inputs, int at);
    }

    /** What was done to a cell. */
    enum Finding {
        @Name("nothing")
        NOTHING,
        @Name("imputed")
        IMPUTED,
        @Name("unseen")
        UNSEEN,
        @Name("out_of_range")
        OUT_OF_RANGE
    }
}
