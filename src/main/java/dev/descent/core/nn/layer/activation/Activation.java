package dev.descent.core.nn.layer.activation;

import dev.descent.core.math.Kernels;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;

/** A function y = f(x) of single elements, with its derivative. */
public interface Activation {

    /** The minimum elements per thread: {@link ThreadTeam#LIGHT} or {@link ThreadTeam#HEAVY}. */
    default int grain() {
        return ThreadTeam.HEAVY;
    }

    /** y ← f(x), for the elements from {@code from} inclusive to {@code to} exclusive. */
    void forward(Kernels kernels, int from, int to, Matrix x, Matrix y);

    /** dx ← dy f′(x), for the same elements. */
    void backward(Kernels kernels, int from, int to, Matrix x, Matrix y, Matrix dy, Matrix dx);
}
