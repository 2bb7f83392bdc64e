package dev.descent.dataset;

import dev.descent.core.Names;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.format.Compression;
import dev.descent.dataset.format.DatasetFormat;
import dev.descent.dataset.sample.SampleRequest;
import dev.descent.dataset.sample.SampleRequestReader;
import dev.descent.idempotency.Creation;
import dev.descent.idempotency.CreationAnswer;
import dev.descent.idempotency.IdempotencyKeys;
import dev.descent.idempotency.KeyedRequest;
import dev.descent.principal.Principal;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Samples become datasets the way uploads do, so that nothing is different about them afterwards. */
@RestController
class SampleController {

    private static final Creation CREATION = new Creation("dataset", HttpStatus.CREATED, "/v1/datasets/");
    private static final String BODY = "#";

    private final DatasetUploads uploads;
    private final DatasetFiles files;
    private final IdempotencyKeys keys;
    private final JsonMapper json;

    SampleController(DatasetUploads uploads, DatasetFiles files, IdempotencyKeys keys, JsonMapper json) {
        this.uploads = uploads;
        this.files = files;
        this.keys = keys;
        this.json = json;
    }

    @PostMapping(
            path = "/v1/datasets:sample",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Scope.TRAIN)
    ResponseEntity<byte[]> create(
            Principal principal,
            @RequestBody JsonNode body,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key)
            throws IOException {
        SampleRequest request = SampleRequestReader.read(body);
        UploadOptions options = UploadOptionsReader.read(options(request), BODY);
        try (KeyedRequest keyed = keys.begin(CREATION, principal, key);
                InputStream rows = request.open();
                DatasetFiles.Received file = files.receive(rows, Compression.NONE)) {
            DatasetUploads.Upload upload = new DatasetUploads.Upload(file, DatasetFormat.CSV, request.name());
            uploads.create(principal, upload, options, BODY, keyed);
            CreationAnswer answer = keyed.answer();
            return answer.head().body(answer.body());
        }
    }

    private ObjectNode options(SampleRequest request) {
        ObjectNode options = json.createObjectNode()
                .put("name", request.name())
                .put("description", request.description())
                .put("delimiter", ",")
                .put("header", true);
        ObjectNode columns = options.putObject("columns");
        request.classes().forEach(column -> columns.putObject(column).put("type", Names.of(ColumnType.CATEGORICAL)));
        return options;
    }
}
