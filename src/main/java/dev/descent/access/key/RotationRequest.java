package dev.descent.access.key;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.core.Required;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import dev.descent.request.SpecReader;
import java.time.Duration;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** @param overlapSeconds how long the old key remains valid beside the new one */
record RotationRequest(
        @Name("overlap_seconds") @Required @Bounds(min = 0, max = RotationRequest.MOST_SECONDS)
        int overlapSeconds) {

    static final int MOST_SECONDS = 30 * 24 * 3600;

    /** @throws ProblemException 422 with every violation found */
    static Duration read(JsonNode body) {
        Violations violations = new Violations();
        RotationRequest request = new SpecReader(violations).read(body, RotationRequest.class, "#", null);
        violations.throwIfAny();
        return Duration.ofSeconds(Objects.requireNonNull(request).overlapSeconds());
    }
}
