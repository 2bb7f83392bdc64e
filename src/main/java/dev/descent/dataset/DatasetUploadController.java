package dev.descent.dataset;

import dev.descent.dataset.format.Compression;
import dev.descent.dataset.format.DatasetFormat;
import dev.descent.dataset.format.MediaTypes;
import dev.descent.idempotency.Creation;
import dev.descent.idempotency.CreationAnswer;
import dev.descent.idempotency.IdempotencyKeys;
import dev.descent.idempotency.KeyedRequest;
import dev.descent.principal.Principal;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import dev.descent.problem.MalformedJson;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violation;
import dev.descent.request.ContentEncoding;
import dev.descent.request.Naming;
import dev.descent.request.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping(path = "/v1/datasets", produces = MediaType.APPLICATION_JSON_VALUE)
class DatasetUploadController {

    private static final int MAX_NAME = 200;
    private static final Creation CREATION = new Creation("dataset", HttpStatus.CREATED, "/v1/datasets/");

    private final DatasetUploads uploads;
    private final DatasetFiles files;
    private final IdempotencyKeys keys;
    private final UploadQuery query;
    private final JsonMapper json;

    DatasetUploadController(DatasetUploads uploads, DatasetFiles files, IdempotencyKeys keys, JsonMapper json) {
        this.uploads = uploads;
        this.files = files;
        this.keys = keys;
        this.query = new UploadQuery(json);
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
            String name = form.contentName();
            DatasetUploads.Upload upload =
                    new DatasetUploads.Upload(form.file(), DatasetFormat.ofFileName(name), stem(name));
            uploads.create(principal, upload, options, "#/options", keyed);
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

    @PostMapping(consumes = {MediaTypes.CSV, MediaTypes.TSV, MediaTypes.NDJSON, MediaTypes.PARQUET})
    @Requires(Scope.TRAIN)
    @QueryParameters({
        "name",
        "description",
        "missing_values",
        "columns",
        "delimiter",
        "quote",
        "escape",
        "comment",
        "header",
        "encoding",
        "ragged",
        "duplicate_names",
        "decimal",
        "thousands",
        "percent",
        "currency"
    })
    ResponseEntity<byte[]> createFromBody(
            Principal principal,
            HttpServletRequest request,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key)
            throws IOException {
        UploadOptions options = UploadOptionsReader.read(query.options(request), Violation.QUERY);
        MediaType type = MediaType.parseMediaType(request.getContentType());
        DatasetFormat format = DatasetFormat.ofMediaType(type.getType() + "/" + type.getSubtype());
        try (KeyedRequest keyed = keys.begin(CREATION, principal, key);
                DatasetFiles.Received file =
                        files.receive(request.getInputStream(), Compression.of(ContentEncoding.of(request)))) {
            DatasetUploads.Upload upload = new DatasetUploads.Upload(file, format, "dataset");
            uploads.create(principal, upload, options, Violation.QUERY, keyed);
            return created(keyed);
        }
    }

    @PostMapping(path = "/{id}:reread", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Scope.TRAIN)
    ResponseEntity<byte[]> reread(
            Principal principal,
            @PathVariable String id,
            @RequestBody JsonNode body,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key)
            throws IOException {
        UploadOptions options = UploadOptionsReader.read(body, "#");
        try (KeyedRequest keyed = keys.begin(CREATION, principal, key);
                DatasetFiles.Received file = uploads.again(principal, id)) {
            uploads.create(principal, uploads.uploadAgain(principal, id, file), options, "#", keyed);
            return created(keyed);
        }
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
}
