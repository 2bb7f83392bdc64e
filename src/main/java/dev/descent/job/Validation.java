package dev.descent.job;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a request would do.
 *
 * @param specification with all defaults filled in
 * @param memoryBytes that the job will hold at its peak, outside the Java heap and on it
 * @param estimatedSeconds a rough guess, good to a factor of three or so
 */
record Validation(
        String object,
        JsonNode specification,
        long parameterCount,
        long memoryBytes,
        double estimatedSeconds,
        List<String> warnings) {}
