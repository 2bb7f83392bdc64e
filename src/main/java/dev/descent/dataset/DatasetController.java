package dev.descent.dataset;

import dev.descent.dataset.format.MediaTypes;
import dev.descent.listing.Cursor;
import dev.descent.listing.Listing;
import dev.descent.principal.Principal;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import dev.descent.problem.Violations;
import dev.descent.request.Attachment;
import dev.descent.request.OwnerRequest;
import dev.descent.request.VisibilityRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
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
@RequestMapping(path = "/v1/datasets", produces = MediaType.APPLICATION_JSON_VALUE)
class DatasetController {

    private static final int DEFAULT_ROWS = 50;
    private static final int MAX_ROWS = 1_000;

    private final Datasets datasets;
    private final DatasetRemoval removal;

    DatasetController(Datasets datasets, DatasetRemoval removal) {
        this.datasets = datasets;
        this.removal = removal;
    }

    @GetMapping
    @Requires(Scope.READ)
    Listing<DatasetInfo> list(
            Principal principal,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String sha256) {
        return datasets.list(principal, Cursor.of(limit, after), name, sha256);
    }

    @GetMapping("/{id:[^:]+}")
    @Requires(Scope.READ)
    DatasetInfo get(Principal principal, @PathVariable String id) {
        return datasets.get(principal, id);
    }

    @GetMapping("/{id}/rows")
    @Requires(Scope.READ)
    DatasetRows rows(
            Principal principal,
            @PathVariable String id,
            @RequestParam(defaultValue = "0") long offset,
            @RequestParam(defaultValue = "" + DEFAULT_ROWS) int limit,
            @RequestParam(required = false) @Nullable List<String> columns) {
        Violations violations = new Violations();
        if (offset < 0) {
            violations.add("?offset", "offset is %d; accepted: a whole number from 0".formatted(offset));
        }
        if (limit < 1 || limit > MAX_ROWS) {
            violations.add("?limit", "limit is %d; accepted: a whole number from 1 to %d".formatted(limit, MAX_ROWS));
        }
        violations.throwIfAny();
        return datasets.rows(principal, id, offset, limit, columns == null ? List.of() : columns);
    }

    @GetMapping(
            path = "/{id}/content",
            produces = {MediaTypes.CSV, MediaTypes.TSV, MediaTypes.NDJSON, MediaTypes.PARQUET})
    @Requires(Scope.READ)
    ResponseEntity<Resource> content(Principal principal, @PathVariable String id) {
        DatasetInfo dataset = datasets.get(principal, id);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(datasets.contentType(principal, id)))
                .eTag(dataset.sha256())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        Attachment.named(dataset.name(), dataset.format().extension()))
                .body(datasets.content(dataset));
    }

    @PutMapping(path = "/{id}/visibility", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Scope.TRAIN)
    DatasetInfo show(Principal principal, @PathVariable String id, @RequestBody JsonNode body) {
        return datasets.show(principal, id, VisibilityRequest.read(body));
    }

    @PutMapping(path = "/{id}/owner", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Scope.ADMIN)
    DatasetInfo giveTo(Principal principal, @PathVariable String id, @RequestBody JsonNode body) {
        return datasets.giveTo(principal, id, OwnerRequest.read(body));
    }

    @DeleteMapping("/{id:[^:]+}")
    @Requires(Scope.TRAIN)
    ResponseEntity<Void> delete(Principal principal, @PathVariable String id) {
        removal.delete(principal, id);
        return ResponseEntity.noContent().build();
    }
}
