package dev.descent.dataset;

import dev.descent.dataset.format.Compression;
import dev.descent.dataset.format.DatasetFormat;
import dev.descent.idempotency.Creation;
import dev.descent.idempotency.CreationAnswer;
import dev.descent.idempotency.IdempotencyKeys;
import dev.descent.idempotency.KeyedRequest;
import dev.descent.listing.Cursor;
import dev.descent.listing.Listing;
import dev.descent.principal.Principal;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import dev.descent.problem.MalformedJson;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import dev.descent.request.Attachment;
import dev.descent.request.ContentEncoding;
import dev.descent.request.Naming;
import dev.descent.request.OwnerRequest;
import dev.descent.request.VisibilityRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping(path = "/v1/datasets", produces = MediaType.APPLICATION_JSON_VALUE)
class DatasetController {

    private static final int DEFAULT_ROWS = 50;
    private static final int MAX_ROWS = 1_000;
    private static final int MAX_NAME = 200;
    private static final Creation CREATION = new Creation("dataset", HttpStatus.CREATED, "/v1/datasets/");
    private static final String CSV = "text/csv";
    private static final String TSV = "text/tab-separated-values";

    private final Datasets datasets;
    private final DatasetRemoval removal;
    private final DatasetFiles files;
    private final IdempotencyKeys keys;
    private final JsonMapper json;

    DatasetController(
            Datasets datasets, DatasetRemoval removal, DatasetFiles files, IdempotencyKeys keys, JsonMapper json) {
        this.datasets = datasets;
        this.removal = removal;
        this.files = files;
        this.keys = keys;
        this.json = json;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Requires(Scope.TRAIN)
    ResponseEntity<byte[]> createFromForm(
            Principal principal,
            HttpServletRequest request,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key)
            throws IOException {
        ContentEncoding.requireNone(request);
        try (KeyedRequest keyed = keys.begin(CREATION, principal, key);
                UploadForm form = UploadForm.read(request, files)) {
            UploadOptions options = UploadOptionsReader.read(optionsOf(form.options()), "#/options");
            Datasets.Upload upload = new Datasets.Upload(
                    form.file(), DatasetFormat.ofFileName(form.contentName()), stem(form.contentName()));
            datasets.create(principal, upload, options, "#/options", keyed);
            return created(keyed);
        }
    }

    private ObjectNode optionsOf(@Nullable String options) {
        if (options == null) {
            return json.createObjectNode();
        }
        try {
            return json.readTree(options) instanceof ObjectNode object
                    ? object
                    : refuse("The part options is no JSON object");
        } catch (JacksonException malformed) {
            return refuse("The part options is not valid JSON: " + MalformedJson.describe(malformed));
        }
    }

    private static ObjectNode refuse(String detail) {
        throw ProblemException.malformed(detail);
    }

    @PostMapping(consumes = {CSV, TSV})
    @Requires(Scope.TRAIN)
    ResponseEntity<byte[]> createFromBody(
            Principal principal,
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String description,
            @RequestParam(required = false) @Nullable String delimiter,
            @RequestParam(defaultValue = "true") boolean header,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key)
            throws IOException {
        MediaType type = MediaType.parseMediaType(request.getContentType());
        String plainType = type.getType() + "/" + type.getSubtype();
        ObjectNode options = json.createObjectNode().put("name", name).put("description", description);
        options.put("delimiter", delimiter == null && plainType.equals(TSV) ? "\t" : delimiter)
                .put("header", header);
        UploadOptions parsed = UploadOptionsReader.read(options, Violation.QUERY);
        try (KeyedRequest keyed = keys.begin(CREATION, principal, key);
                DatasetFiles.Received file = files.receive(request.getInputStream(), compression(request))) {
            datasets.create(
                    principal,
                    new Datasets.Upload(file, DatasetFormat.ofMediaType(plainType), "dataset"),
                    parsed,
                    Violation.QUERY,
                    keyed);
            return created(keyed);
        }
    }

    private static Compression compression(HttpServletRequest request) {
        return switch (ContentEncoding.of(request)) {
            case IDENTITY -> Compression.NONE;
            case GZIP -> Compression.GZIP;
            case ZSTD -> Compression.ZSTD;
        };
    }

    private static ResponseEntity<byte[]> created(KeyedRequest request) {
        CreationAnswer answer = request.answer();
        return answer.head().body(answer.body());
    }

    /** {@code some/iris.csv} → {@code iris}. */
    private static String stem(String fileName) {
        String last = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        int ending = last.lastIndexOf('.');
        String stem = Naming.ofFile(ending < 0 ? last : last.substring(0, ending), MAX_NAME);
        return stem.isEmpty() ? "dataset" : stem;
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

    @GetMapping("/{id}")
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

    @GetMapping(path = "/{id}/content", produces = CSV)
    @Requires(Scope.READ)
    ResponseEntity<Resource> content(Principal principal, @PathVariable String id) {
        DatasetInfo dataset = datasets.get(principal, id);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(dataset.format().contentType()))
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

    @DeleteMapping("/{id}")
    @Requires(Scope.TRAIN)
    ResponseEntity<Void> delete(Principal principal, @PathVariable String id) {
        removal.delete(principal, id);
        return ResponseEntity.noContent().build();
    }
}
