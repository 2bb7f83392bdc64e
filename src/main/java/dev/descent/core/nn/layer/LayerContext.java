package dev.descent.core.nn.layer;

import dev.descent.core.math.Buffer;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.parameter.Parameter;
import dev.descent.core.nn.parameter.Parameters;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a layer is built from: its inputs and the source of its memory. Owns the layer's buffers. */
public final class LayerContext implements AutoCloseable {

    private final String name;
    private final int node;
    private final Incoming incoming;
    private final Parameters parameters;
    private final int maxRows;
    private final Map<String, Buffer> buffers = new LinkedHashMap<>();
    private final Set<String> taken = new LinkedHashSet<>();

    /**
     * @param name the node's name in the network
     * @param node its index there
     * @param maxRows the maximum number of examples per batch
     * @param declared the buffers that the layer is going to use
     */
    public LayerContext(
            String name, int node, Incoming incoming, Parameters parameters, int maxRows, List<BufferSpec> declared) {
        this.name = name;
        this.node = node;
        this.incoming = incoming;
        this.parameters = parameters;
        this.maxRows = maxRows;
        for (BufferSpec buffer : declared) {
            buffers.put(buffer.name(), new Buffer(parameters.values().precision(), maxRows, buffer.columns()));
        }
    }

    /** @throws IllegalStateException if the layer takes buffers other than those declared */
    public Layer build(LayerSpec spec) {
        Layer layer = spec.build(this);
        if (taken.size() < buffers.size()) {
            throw new IllegalStateException("%s took the buffers %s of %s".formatted(name, taken, buffers.keySet()));
        }
        return layer;
    }

    int node() {
        return node;
    }

    Incoming incoming() {
        return incoming;
    }

    int maxRows() {
        return maxRows;
    }

    /** The threads that compute the layer. */
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

    /** Memory that persists and is stored with the parameters but is not changed by gradients. */
    Matrix state(String part, int columns) {
        return parameters.addState(name + "." + part, columns);
    }

    @Nullable
    Buffer bufferIfDeclared(String declared) {
        return buffers.containsKey(declared) ? buffer(declared) : null;
    }

    Buffer buffer(String declared) {
        Buffer buffer = buffers.get(declared);
        if (buffer == null || !taken.add(declared)) {
            throw new IllegalStateException(
                    "%s has no buffer \"%s\" left; declared: %s".formatted(name, declared, buffers.keySet()));
        }
        return buffer;
    }

    /** Frees the layer's buffers, but not its parameters. */
    @Override
    public void close() {
        buffers.values().forEach(Buffer::close);
    }
}
