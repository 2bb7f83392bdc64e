package dev.descent.request;

import dev.descent.problem.Violations;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Parses a type that is not read component by component. */
@FunctionalInterface
public interface Custom<T> {

    /** The value, or null after adding a violation. */
    @Nullable
    T read(SpecReader reader, JsonNode node, String pointer, Violations violations);
}
