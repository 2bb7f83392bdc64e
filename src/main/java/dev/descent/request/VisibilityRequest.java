package dev.descent.request;

import dev.descent.core.Name;
import dev.descent.principal.Visibility;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An owner's request to share something, or to share it no longer. */
public record VisibilityRequest(
        @Name("visibility") @Nullable Visibility visibility) {

    private static final VisibilityRequest NONE = new VisibilityRequest(null);

    /** @throws ProblemException 422 without one */
    public static Visibility read(JsonNode body) {
        Violations violations = new Violations();
        VisibilityRequest request = new SpecReader(violations).read(body, VisibilityRequest.class, "#", NONE);
        violations.throwIfAny();
        Visibility visibility = Objects.requireNonNull(request).visibility();
        if (visibility == null) {
            throw ProblemException.invalid("#/visibility", "visibility is required: private or shared");
        }
        return visibility;
    }
}
