package dev.descent.request;

import dev.descent.core.Name;
import dev.descent.principal.Principal;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violations;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** An administrator's request to give something to another owner. */
public record OwnerRequest(@Name("owner") String owner) {

    private static final OwnerRequest NONE = new OwnerRequest("");

    /** @throws ProblemException 422 for a name that no owner can have */
    public static String read(JsonNode body) {
        Violations violations = new Violations();
        OwnerRequest request = new SpecReader(violations).read(body, OwnerRequest.class, "#", NONE);
        violations.throwIfAny();
        String owner = Objects.requireNonNull(request).owner();
        if (!Principal.isOwner(owner)) {
            throw ProblemException.invalid(
                    "#/owner", "owner is %s; accepted: %s".formatted(Quote.text(owner), Principal.OWNERS));
        }
        return owner;
    }
}
