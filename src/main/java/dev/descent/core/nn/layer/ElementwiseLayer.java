package dev.descent.core.nn.layer;

import dev.descent.core.math.Buffer;
import dev.descent.core.math.Kernels;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;

/** The common part of element-wise layers y = f(x): one input, and an output and a gradient of the same shape. */
abstract class ElementwiseLayer implements Layer {

    private final ThreadTeam team;
    private final int grain;
    private final Buffer output;
    private final Buffer gradient;
    private Matrix x;
    private Matrix y;

    /** @param grain the minimum elements per thread: {@link ThreadTeam#LIGHT} or {@link ThreadTeam#HEAVY} */
    ElementwiseLayer(LayerContext context, int grain) {
        this.team = context.team();
        this.grain = grain;
        this.output = context.buffer("output");
        this.gradient = context.buffer("gradient");
        this.x = output.rows(0);
        this.y = x;
    }

    /** y ← f(x), for the elements from {@code from} inclusive to {@code to} exclusive. */
    abstract void forward(Kernels kernels, int from, int to, Matrix x, Matrix y);

    /** dx ← dy f′(x), for the same elements. */
    abstract void backward(Kernels kernels, int from, int to, Matrix x, Matrix y, Matrix dy, Matrix dx);

    @Override
    public final Matrix forward(Pass pass, Matrix... inputs) {
        Matrix in = inputs[0];
        Matrix out = output.rows(in.rows());
        team.each(out.size(), grain, (kernels, from, to) -> forward(kernels, from, to, in, out));
        x = in;
        y = out;
        return out;
    }

    @Override
    public final Matrix[] backward(Matrix outputGradient) {
        Matrix dx = gradient.rows(x.rows());
        Matrix in = x;
        Matrix out = y;
        team.each(dx.size(), grain, (kernels, from, to) -> backward(kernels, from, to, in, out, outputGradient, dx));
        return new Matrix[] {dx};
    }
}
