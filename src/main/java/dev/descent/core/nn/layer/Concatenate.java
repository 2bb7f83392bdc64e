package dev.descent.core.nn.layer;

import dev.descent.core.math.Buffer;
import dev.descent.core.math.Matrix;
import java.util.List;

/**
 * Its inputs side by side, in the order given: y = [x₁ … xₖ]; each input's gradient is its own part of ∂loss/∂y.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 6.4.2, on skip connections.
 */
final class Concatenate implements Layer {

    private final List<Integer> widths;
    private final Buffer output;
    private final Buffer[] gradients;

    Concatenate(LayerContext context) {
        this.widths = context.incoming().widths();
        this.output = context.buffer(context.incoming().totalWidth());
        this.gradients = widths.stream().map(context::buffer).toArray(Buffer[]::new);
    }

    @Override
    public Matrix forward(Pass pass, Matrix... inputs) {
        Matrix y = output.rows(inputs[0].rows());
        for (int row = 0; row < y.rows(); row++) {
            int at = row * y.columns();
            for (Matrix x : inputs) {
                y.copy(x, row * x.columns(), at, x.columns());
                at += x.columns();
            }
        }
        return y;
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        Matrix[] parts = new Matrix[gradients.length];
        for (int input = 0; input < parts.length; input++) {
            parts[input] = gradients[input].rows(outputGradient.rows());
        }
        for (int row = 0; row < outputGradient.rows(); row++) {
            int at = row * outputGradient.columns();
            for (Matrix part : parts) {
                part.copy(outputGradient, at, row * part.columns(), part.columns());
                at += part.columns();
            }
        }
        return parts;
    }

    @Override
    public void close() {
        output.close();
        for (Buffer gradient : gradients) {
            gradient.close();
        }
    }
}
