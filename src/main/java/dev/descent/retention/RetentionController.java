package dev.descent.retention;

import dev.descent.principal.Principal;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import dev.descent.request.Quote;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping(path = "/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class RetentionController {

    /** As the databases count; owners from before there were keys may have any name of that length. */
    private static final int MAX_OWNER_LENGTH = 128;

    private final Retention retention;
    private final StoredRules stored;
    private final Erasures erasures;

    RetentionController(Retention retention, StoredRules stored, Erasures erasures) {
        this.retention = retention;
        this.stored = stored;
        this.erasures = erasures;
    }

    @GetMapping("/retention")
    @Requires(Scope.READ)
    RetentionRules rules(Principal principal, @RequestParam(required = false) @Nullable String owner) {
        return stored.of(whose(principal, owner));
    }

    @PutMapping(path = "/retention", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Scope.TRAIN)
    RetentionRules set(
            Principal principal, @RequestParam(required = false) @Nullable String owner, @RequestBody JsonNode body) {
        RetentionRules rules = RetentionRules.read(body);
        stored.set(whose(principal, owner), rules);
        return rules;
    }

    @PostMapping("/retention:preview")
    @Requires(Scope.READ)
    RetentionReport preview(
            Principal principal,
            @RequestParam(required = false) @Nullable String owner,
            @RequestBody(required = false) @Nullable JsonNode body) {
        String whose = whose(principal, owner);
        return retention.preview(whose, body == null ? stored.of(whose) : RetentionRules.read(body));
    }

    @PostMapping("/retention:apply")
    @Requires(Scope.TRAIN)
    RetentionReport apply(Principal principal, @RequestParam(required = false) @Nullable String owner) {
        return retention.apply(whose(principal, owner));
    }

    @PostMapping(path = "/erasures", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Scope.TRAIN)
    Erasure erase(Principal principal, @RequestBody JsonNode body) {
        return erasures.erase(principal, ErasureRequest.read(body));
    }

    private static String whose(Principal principal, @Nullable String owner) {
        if (owner == null) {
            return principal.owner();
        }
        if (!principal.owns(owner)) {
            throw new ProblemException(Problem.FORBIDDEN, "Only an administrator may name another owner", List.of());
        }
        if (owner.length() > MAX_OWNER_LENGTH) {
            throw ProblemException.invalid(
                    "?owner",
                    "owner is %s; accepted: up to %d characters".formatted(Quote.text(owner), MAX_OWNER_LENGTH));
        }
        return owner;
    }
}
