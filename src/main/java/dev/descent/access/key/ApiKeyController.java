package dev.descent.access.key;

import dev.descent.listing.Cursor;
import dev.descent.listing.Listing;
import dev.descent.principal.Principal;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import dev.descent.problem.ProblemException;
import java.net.URI;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Keys of clients: an administrator creates them, and their owners see, replace and delete them. */
@RestController
@RequestMapping(path = "/v1/api-keys", produces = MediaType.APPLICATION_JSON_VALUE)
class ApiKeyController {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final ApiKeys keys;
    private final Clock clock;

    ApiKeyController(ApiKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Scope.ADMIN)
    ResponseEntity<ApiKeyView> create(
            @RequestBody JsonNode body,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey) {
        refuse(idempotencyKey);
        ApiKeyRequest request = ApiKeyRequest.read(body, clock.instant());
        return created(keys.create(
                request.kind(),
                request.name().text(),
                request.owner().name(),
                Set.copyOf(request.scopes()),
                request.end()));
    }

    @GetMapping
    @Requires(Scope.READ)
    Listing<ApiKeyView> list(
            Principal principal,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        Cursor cursor = Cursor.of(limit, after);
        return Listing.of(keys.list(principal, cursor), cursor, ApiKeyView::of);
    }

    @GetMapping("/{id}")
    @Requires(Scope.READ)
    ApiKeyView get(Principal principal, @PathVariable String id) {
        return ApiKeyView.of(keys.get(principal, id));
    }

    /** Whoever has a key may replace it, which is why this requires no scope beyond those of the key. */
    @PostMapping(path = "/{id}/rotate", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires({})
    ResponseEntity<ApiKeyView> rotate(
            Principal principal,
            @PathVariable String id,
            @RequestBody JsonNode body,
            @RequestHeader(name = IDEMPOTENCY_KEY, required = false) @Nullable String idempotencyKey) {
        refuse(idempotencyKey);
        return created(keys.rotate(principal, id, RotationRequest.read(body)));
    }

    @DeleteMapping("/{id}")
    @Requires({})
    ResponseEntity<Void> delete(Principal principal, @PathVariable String id) {
        keys.remove(principal, id);
        return ResponseEntity.noContent().build();
    }

    /** Answers are kept under such a key, and this one has a secret. */
    private static void refuse(@Nullable String idempotencyKey) {
        if (idempotencyKey != null) {
            throw ProblemException.malformed(
                    "The header %s is not accepted here, because it would keep the secret; after an answer that was lost, delete the key and create another one"
                            .formatted(IDEMPOTENCY_KEY));
        }
    }

    private static ResponseEntity<ApiKeyView> created(ApiKeys.Made made) {
        return ResponseEntity.created(URI.create("/v1/api-keys/" + made.key().id()))
                .body(ApiKeyView.of(made));
    }
}
