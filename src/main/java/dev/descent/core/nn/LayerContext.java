package dev.descent.core.nn;

import java.util.List;

/**
 * Where a layer is built: what flows into it, and where its memory comes from.
 *
 * @param name the node's name in the network
 * @param inputWidths the number of columns of each input
 * @param inputGradientWanted whether anything before the layer, or the caller, wants ∂loss/∂x
 * @param maxRows the most examples of a batch
 */
record LayerContext(
        String name, List<Integer> inputWidths, Parameters parameters, boolean inputGradientWanted, int maxRows) {

    int inputCount() {
        return inputWidths.size();
    }

    /** The width of the first input, for layers that have one, or several of the same width. */
    int inputWidth() {
        return inputWidths.get(0);
    }

    Parameter parameter(String part, int rows, int columns) {
        return parameters.add(name + "." + part, rows, columns);
    }

    Buffer buffer(int columns) {
        return new Buffer(parameters.values().precision(), maxRows, columns);
    }
}
