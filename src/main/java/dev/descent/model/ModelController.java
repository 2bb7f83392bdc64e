package dev.descent.model;

import dev.descent.listing.Cursor;
import dev.descent.listing.Listing;
import dev.descent.principal.Principal;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import dev.descent.request.OwnerRequest;
import dev.descent.request.VisibilityRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping(path = "/v1/models", produces = MediaType.APPLICATION_JSON_VALUE)
class ModelController {

    private final Models models;
    private final ModelRemoval removal;

    ModelController(Models models, ModelRemoval removal) {
        this.models = models;
        this.removal = removal;
    }

    @GetMapping
    @Requires(Scope.READ)
    Listing<ModelView> list(
            Principal principal,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after) {
        return models.list(principal, Cursor.of(limit, null), after);
    }

    @GetMapping("/{name:[^:]+}")
    @Requires(Scope.READ)
    ModelView get(
            Principal principal, @PathVariable String name, @RequestParam(required = false) @Nullable String owner) {
        return models.get(principal, name, owner);
    }

    @GetMapping("/{name}/versions/{version}")
    @Requires(Scope.READ)
    ModelVersionView version(
            Principal principal,
            @PathVariable String name,
            @PathVariable int version,
            @RequestParam(required = false) @Nullable String owner) {
        return models.version(principal, name, owner, version);
    }

    @DeleteMapping("/{name:[^:]+}")
    @Requires(Scope.TRAIN)
    ResponseEntity<Void> delete(
            Principal principal, @PathVariable String name, @RequestParam(required = false) @Nullable String owner) {
        removal.delete(principal, name, owner);
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/{name}/versions/{version}")
    @Requires(Scope.TRAIN)
    ResponseEntity<Void> deleteVersion(
            Principal principal,
            @PathVariable String name,
            @PathVariable int version,
            @RequestParam(required = false) @Nullable String owner) {
        removal.delete(principal, name, owner, version);
        return ResponseEntity.noContent().build();
    }

    @PutMapping(path = "/{name}/visibility", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Scope.TRAIN)
    ModelView show(
            Principal principal,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String owner,
            @RequestBody JsonNode body) {
        return models.show(principal, name, owner, VisibilityRequest.read(body));
    }

    @PutMapping(path = "/{name}/owner", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Scope.ADMIN)
    ModelView giveTo(
            Principal principal,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String owner,
            @RequestBody JsonNode body) {
        return models.giveTo(principal, name, owner, OwnerRequest.read(body));
    }
}
