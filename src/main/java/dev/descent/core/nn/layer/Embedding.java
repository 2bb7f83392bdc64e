package dev.descent.core.nn.layer;

import dev.descent.core.math.Buffer;
import dev.descent.core.math.Matrix;
import dev.descent.core.nn.parameter.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a level index by that level's row of a learnt table: y = W[level]; ∂loss/∂W[l] = Σ ∂loss/∂y over the rows
 * with level l.
 *
 * <table>
 * <caption>Shapes, for n examples</caption>
 * <tr><td>W, {@code weight}</td><td>levels × units, one table per column</td></tr>
 * <tr><td>y</td><td>n × units; for all columns, n × (units per column of levels + the other columns)</td></tr>
 * </table>
 *
 * The last level stands for all levels that the training part doesn't have; its row is initialised to 0.
 *
 * <p>Source: Guo, Berkhahn, "Entity Embeddings of Categorical Variables" (2016).
 */
final class Embedding implements Layer {

    /** Initial values are uniform in ± this. */
    private static final double LIMIT = 0.05;

    /**
     * One part of the output.
     *
     * @param from the index of the raw column in the input
     * @param to its index in the output
     * @param width in the output
     * @param table null if the column passes through unchanged
     */
    private record Part(
            int from, int to, int width, @Nullable Parameter table) {

        boolean isLookup() {
            return table != null;
        }

        Parameter lookup() {
            return Objects.requireNonNull(table);
        }
    }

    private final List<Part> parts = new ArrayList<>();
    private final Buffer output;
    private final @Nullable Buffer gradient;
    private Matrix x;

    /** @param columns the raw columns in the output, in order */
    Embedding(LayerContext context, List<BatchColumn> columns, int units) {
        BatchColumns batch = context.incoming().batch();
        int width = 0;
        for (BatchColumn column : columns) {
            int partWidth = column.holdsLevelNumbers() ? units : column.width();
            parts.add(new Part(batch.start(column), width, partWidth, table(context, columns, column, units)));
            width += partWidth;
        }
        this.output = context.buffer("output");
        this.gradient = context.bufferIfDeclared("gradient");
        this.x = output.rows(0);
    }

    private static @Nullable Parameter table(
            LayerContext context, List<BatchColumn> columns, BatchColumn column, int units) {
        if (!column.holdsLevelNumbers()) {
            return null;
        }
        String name = columns.size() == 1 ? "weight" : column.name() + ".weight";
        return context.parameter(name, Parameter.Kind.WEIGHT, column.levels(), units);
    }

    @Override
    public void initialise(RandomGenerator random) {
        for (Part part : parts) {
            if (part.isLookup()) {
                Matrix table = part.lookup().value();
                int known = table.size() - table.columns();
                for (int i = 0; i < table.size(); i++) {
                    table.set(i, i < known ? LIMIT * (2 * random.nextDouble() - 1) : 0);
                }
            }
        }
    }

    @Override
    public Matrix forward(Pass pass, Matrix... inputs) {
        x = inputs[0];
        Matrix y = output.rows(x.rows());
        for (int row = 0; row < x.rows(); row++) {
            for (Part part : parts) {
                if (part.isLookup()) {
                    y.copy(part.lookup().value(), level(row, part) * part.width, index(y, row, part.to), part.width);
                } else {
                    y.copy(x, index(x, row, part.from), index(y, row, part.to), part.width);
                }
            }
        }
        return y;
    }

    private int level(int row, Part part) {
        return (int) x.get(row, part.from);
    }

    private static int index(Matrix matrix, int row, int column) {
        return row * matrix.columns() + column;
    }

    @Override
    public Matrix[] backward(Matrix dy) {
        for (Part part : parts) {
            if (part.isLookup()) {
                backward(part, dy);
            }
        }
        return gradient == null ? new Matrix[0] : new Matrix[] {inputGradient(gradient.rows(dy.rows()), dy)};
    }

    private void backward(Part part, Matrix dy) {
        Matrix sums = part.lookup().gradient();
        sums.fill(0);
        for (int row = 0; row < dy.rows(); row++) {
            int at = level(row, part) * part.width;
            int from = index(dy, row, part.to);
            for (int k = 0; k < part.width; k++) {
                sums.set(at + k, sums.get(at + k) + dy.get(from + k));
            }
        }
    }

    /** A level index has no gradient; columns passed through unchanged have that of the output. */
    private Matrix inputGradient(Matrix dx, Matrix dy) {
        dx.fill(0);
        for (int row = 0; row < dy.rows(); row++) {
            for (Part part : parts) {
                if (!part.isLookup()) {
                    dx.copy(dy, index(dy, row, part.to), index(dx, row, part.from), part.width);
                }
            }
        }
        return dx;
    }
}
