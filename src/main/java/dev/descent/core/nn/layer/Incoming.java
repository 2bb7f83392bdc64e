package dev.descent.core.nn.layer;

import dev.descent.core.Sizes;
import java.util.List;

/**
 * The inputs of a node.
 *
 * @param widths the number of columns of each input
 * @param batch what the columns of the network's batch mean, for layers that read them by name
 */
public record Incoming(List<Integer> widths, BatchColumns batch) {

    /** The width of the first input, for layers that have one input or several of the same width. */
    int width() {
        return widths.get(0);
    }

    long totalWidth() {
        return Sizes.sum(widths.stream().mapToLong(Integer::longValue));
    }
}
