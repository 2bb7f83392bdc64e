package dev.descent.core.nn.layer;

import dev.descent.core.math.Buffer;
import dev.descent.core.math.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Its inputs side by side, in the given order: y = [x₁ … xₖ]; the gradient of each input is its part of ∂loss/∂y.
 *
 * <p>Source: Goodfellow, Bengio, Courville, "Deep Learning" (2016), section 6.4.2, on skip connections.
 */
final class Concatenate implements Layer {

    private final Buffer output;
    private final Buffer[] gradients;

    Concatenate(LayerContext context) {
        this.output = context.buffer("output");
        this.gradients = new Buffer[context.inputCount()];
        Arrays.setAll(gradients, input -> context.buffer(gradient(input)));
    }

    static List<BufferSpec> buffers(Incoming in) {
        List<BufferSpec> buffers =
                new ArrayList<>(List.of(BufferSpec.forward("output", Math.toIntExact(in.totalWidth()))));
        for (int input = 0; input < in.widths().size(); input++) {
            buffers.add(BufferSpec.backward(gradient(input), in.widths().get(input)));
        }
        return buffers;
    }

    private static String gradient(int input) {
        return "gradient" + input;
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
}
