package dev.descent.core.nn.layer;

import dev.descent.core.math.Buffer;
import dev.descent.core.math.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A selection of the batch's raw columns, in the given order: y = [x_c₁ … x_cₖ]; columns that are not selected have
 * gradient 0.
 */
final class Columns implements Layer {

    /** The position of a column in the input: its first index and its width. */
    record Span(int start, int width) {}

    private final List<Span> spans;
    private final Buffer output;
    private final @Nullable Buffer gradient;

    Columns(LayerContext context, List<Span> spans) {
        this.spans = spans;
        this.output = context.buffer("output");
        this.gradient = context.bufferIfDeclared("gradient");
    }

    @Override
    public Matrix forward(Pass pass, Matrix... inputs) {
        Matrix x = inputs[0];
        Matrix y = output.rows(x.rows());
        for (int row = 0; row < y.rows(); row++) {
            int at = row * y.columns();
            for (Span span : spans) {
                y.copy(x, row * x.columns() + span.start(), at, span.width());
                at += span.width();
            }
        }
        return y;
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        if (gradient == null) {
            return new Matrix[0];
        }
        Matrix dx = gradient.rows(outputGradient.rows());
        dx.fill(0);
        for (int row = 0; row < dx.rows(); row++) {
            int at = row * outputGradient.columns();
            for (Span span : spans) {
                dx.copy(outputGradient, at, row * dx.columns() + span.start(), span.width());
                at += span.width();
            }
        }
        return new Matrix[] {dx};
    }
}
