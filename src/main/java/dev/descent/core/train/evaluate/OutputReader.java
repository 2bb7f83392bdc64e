package dev.descent.core.train.evaluate;

import dev.descent.core.math.Matrix;

/** Decodes one row of a network's outputs into a prediction. */
@FunctionalInterface
interface OutputReader {

    /** @param examples the encoded rows that the outputs belong to */
    Prediction read(Matrix examples, Matrix outputs, int row);

    static double[] row(Matrix matrix, int row) {
        double[] values = new double[matrix.columns()];
        for (int column = 0; column < values.length; column++) {
            values[column] = matrix.get(row, column);
        }
        return values;
    }
}
