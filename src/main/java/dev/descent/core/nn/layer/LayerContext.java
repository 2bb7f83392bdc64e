package dev.descent.core.nn.layer;

import dev.descent.core.math.Buffer;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.parameter.Parameter;
import dev.descent.core.nn.parameter.Parameters;

/**
 * Where a layer is built: what flows into it, and where its memory comes from.
 *
 * @param name the node's name in the network
 * @param node its place there
 * @param inputGradientWanted whether anything before the layer, or the caller, wants ∂loss/∂x
 * @param maxRows the most examples of a batch
 */
public record LayerContext(
        String name, int node, Incoming incoming, Parameters parameters, boolean inputGradientWanted, int maxRows) {

    /** Who computes the layer. */
    ThreadTeam team() {
        return parameters.team();
    }

    int inputCount() {
        return incoming.widths().size();
    }

    int inputWidth() {
        return incoming.width();
    }

    Parameter parameter(String part, Parameter.Kind kind, int rows, int columns) {
        return parameters.add(name + "." + part, kind, rows, columns);
    }

    /** Memory that lasts and is stored with the parameters, but that gradients don't change. */
    Matrix state(String part, int columns) {
        return parameters.addState(name + "." + part, columns);
    }

    Buffer buffer(int columns) {
        return new Buffer(parameters.values().precision(), maxRows, columns);
    }
}
