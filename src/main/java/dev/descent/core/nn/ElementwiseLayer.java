package dev.descent.core.nn;

/** What layers of the form y = f(x), element by element, share: one input, and an output and a gradient of its shape. */
abstract class ElementwiseLayer implements Layer {

    private final Buffer output;
    private final Buffer gradient;
    private Matrix x;
    private Matrix y;

    ElementwiseLayer(LayerContext context) {
        this.output = context.buffer(context.inputWidth());
        this.gradient = context.buffer(context.inputWidth());
        this.x = output.rows(0);
        this.y = x;
    }

    /** y ← f(x). */
    abstract void forward(Matrix x, Matrix y);

    /** dx ← dy f′(x). */
    abstract void backward(Matrix x, Matrix y, Matrix dy, Matrix dx);

    @Override
    public final Matrix forward(Pass pass, Matrix... inputs) {
        x = inputs[0];
        y = output.rows(x.rows());
        forward(x, y);
        return y;
    }

    @Override
    public final Matrix[] backward(Matrix outputGradient) {
        Matrix dx = gradient.rows(x.rows());
        backward(x, y, outputGradient, dx);
        return new Matrix[] {dx};
    }

    @Override
    public final void close() {
        output.close();
        gradient.close();
    }
}
