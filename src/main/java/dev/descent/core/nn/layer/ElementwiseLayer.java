package dev.descent.core.nn.layer;

import dev.descent.core.math.Buffer;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.layer.activation.Activation;

/** An activation function as a layer: y = f(x), element by element. */
final class ElementwiseLayer implements Layer {

    private final ThreadTeam team;
    private final Activation f;
    private final Buffer output;
    private final Buffer gradient;
    private Matrix x;
    private Matrix y;

    ElementwiseLayer(LayerContext context, Activation f) {
        this.team = context.team();
        this.f = f;
        this.output = context.buffer("output");
        this.gradient = context.buffer("gradient");
        this.x = output.rows(0);
        this.y = x;
    }

    @Override
    public Matrix forward(Pass pass, Matrix... inputs) {
        Matrix in = inputs[0];
        Matrix out = output.rows(in.rows());
        team.each(out.size(), f.grain(), (kernels, from, to) -> f.forward(kernels, from, to, in, out));
        x = in;
        y = out;
        return out;
    }

    @Override
    public Matrix[] backward(Matrix outputGradient) {
        Matrix dx = gradient.rows(x.rows());
        Matrix in = x;
        Matrix out = y;
        team.each(
                dx.size(),
                f.grain(),
                (kernels, from, to) -> f.backward(kernels, from, to, in, out, outputGradient, dx));
        return new Matrix[] {dx};
    }
}
