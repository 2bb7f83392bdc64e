package dev.descent.request;

import dev.descent.problem.Violations;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How one type is read that is not written component by component. */
@FunctionalInterface
public interface Custom<T> {

    /** The value, or null after a fault was added. */
    @Nullable
    T read(SpecReader reader, JsonNode node, String pointer, Violations violations);
}
