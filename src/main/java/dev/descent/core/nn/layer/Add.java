package dev.descent.core.nn.layer;

import dev.descent.core.math.Buffer;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;
import java.util.Arrays;

/**
 * The element-wise sum of its inputs, as used in residual connections: y = x₁ + … + xₖ; ∂y/∂xᵢ = 1, so the gradient
 * passes to each input unchanged.
 *
 * <p>Source: He et al., "Deep Residual Learning for Image Recognition" (2015).
 */
final class Add implements Layer {

    private final ThreadTeam team;
    private final Buffer output;
    private final Matrix[] gradients;

    Add(LayerContext context) {
        this.team = context.team();
        this.output = context.buffer("output");
        this.gradients = new Matrix[context.inputCount()];
    }

    @Override
    public Matrix forward(Pass pass, Matrix... inputs) {
        Matrix y = output.rows(inputs[0].rows());
        y.copy(inputs[0]);
        for (int input = 1; input < inputs.length; input++) {
            team.add(inputs[input], y);
        }
        return y;
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        Arrays.fill(gradients, outputGradient);
        return gradients;
    }
}
