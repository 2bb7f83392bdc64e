package dev.descent.core.data;

import dev.descent.core.Name;
import dev.descent.core.data.encode.Fitted;
import java.util.List;

/** Turns the cells of one raw column into network inputs. Fitted to the training part and immutable from then on. */
public sealed interface ColumnEncoder permits NumberEncoder, CategoricalEncoder, DateEncoder, TextEncoder {

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

    /** What each input is, as users read it. */
    List<String> inputNames();

    /** What stands in for an empty cell. */
    Fitted.Substitute substitute();

    /** The fitted scaling or encoding: a record of named components. */
    Record fitted();

    /** What a cell becomes, step by step. */
    List<CellStep> steps(Table table, int row);

    /** Binds this encoder to a table that has a column of its name and type. */
    CellEncoder bind(Table table);

    /**
     * The same for the rows that this encoder was fitted to: where it has seen their targets, it must not give them
     * away.
     *
     * @param part the one that it was fitted to
     */
    default CellEncoder bindTraining(TrainingPart part) {
        return bind(part.table());
    }

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
