package dev.descent.job.specification;

import dev.descent.core.Name;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a request would do.
 *
 * @param specification with all defaults filled in
 * @param memoryBytes the job's peak memory, on and off the Java heap
 * @param estimatedSeconds a rough guess, usually within a factor of two
 */
public record Validation(
        @Name("object") String object,
        @Name("specification") JsonNode specification,
        @Name("parameter_count") long parameterCount,
        @Name("memory_bytes") long memoryBytes,
        @Name("estimated_seconds") double estimatedSeconds,
        @Name("warnings") List<String> warnings) {}
