package dev.descent.model.serving;

import dev.descent.core.data.Table;
import dev.descent.dataset.format.DatasetFormat;
import dev.descent.model.LoadedModel;
import dev.descent.model.LoadedModels;
import dev.descent.model.ModelNames;
import dev.descent.principal.Principal;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import dev.descent.request.Accept;
import dev.descent.request.ContentEncoding;
import dev.descent.store.Spool;
import dev.descent.store.Spools;
import dev.descent.store.TemporaryFile;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping(path = "/v1/models", produces = MediaType.APPLICATION_JSON_VALUE)
class PredictionController {

    private static final String CSV = "text/csv";

    /** How many cells were not encoded as they are. */
    private static final String WARNINGS = "Descent-Warnings";

    private static final MediaType CSV_ANSWER = MediaType.parseMediaType(CSV + ";charset=UTF-8");

    private final ModelNames names;
    private final LoadedModels loaded;
    private final long mostBytes;
    private final Spools spools;
    private final JsonMapper json;

    /** @param mostBytes the maximum size of a body with rows */
    PredictionController(
            ModelNames names,
            LoadedModels loaded,
            Spools spools,
            JsonMapper json,
            @Value("${descent.max-upload-size}") DataSize mostBytes) {
        this.names = names;
        this.loaded = loaded;
        this.spools = spools;
        this.json = json;
        this.mostBytes = mostBytes.toBytes();
    }

    @PostMapping(
            path = "/{name}/predict",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
    @Requires(value = Scope.PREDICT, changes = false)
    ResponseEntity<Resource> predict(
            Principal principal,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestParam(required = false) @Nullable String owner,
            @RequestAttribute(Accept.CHOSEN) MediaType form,
            @RequestBody JsonNode body)
            throws IOException {
        LoadedModel model = loaded.get(names.idOf(principal, name, owner), version);
        Table table = new PredictionRequestReader(ModelInputs.of(model)).read(body);
        boolean explain = body.path("explain_inputs").asBoolean(false);
        return answer(model, isCsv(form), explain, output -> output.predict(model.predictor(), table));
    }

    @PostMapping(
            path = "/{name}/predict",
            consumes = CSV,
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
    @Requires(value = Scope.PREDICT, changes = false)
    ResponseEntity<Resource> predictFile(
            Principal principal,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(required = false) @Nullable String delimiter,
            @RequestParam(name = "extra_columns", defaultValue = "reject") String extraColumns,
            @RequestParam(name = "explain_inputs", defaultValue = "false") boolean explainInputs,
            @RequestAttribute(Accept.CHOSEN) MediaType form,
            HttpServletRequest request)
            throws IOException {
        ContentEncoding.requireNone(request);
        PredictionFile.Options options = PredictionFile.Options.of(delimiter, extraColumns);
        LoadedModel model = loaded.get(names.idOf(principal, name, owner), version);
        boolean asCsv = isCsv(form);
        long mostRows = asCsv ? Long.MAX_VALUE : PredictionRequestReader.MAX_ROWS;
        InputStream body = PredictionBody.of(request.getInputStream(), charset(request), mostBytes);
        try (TemporaryFile received = spools.receive(body)) {
            PredictionFile file = new PredictionFile(received.path(), DatasetFormat.CSV, options);
            return answer(
                    model,
                    asCsv,
                    explainInputs,
                    output -> file.read(
                            ModelInputs.of(model), mostRows, table -> output.predict(model.predictor(), table)));
        }
    }

    private static Charset charset(HttpServletRequest request) {
        MediaType type = MediaType.parseMediaType(request.getContentType());
        return type.getCharset() == null ? StandardCharsets.UTF_8 : type.getCharset();
    }

    private static boolean isCsv(MediaType form) {
        return form.isCompatibleWith(CSV_ANSWER);
    }

    /** Writes predictions to an answer. */
    private interface Predictions {
        void writeTo(PredictionOutput output) throws IOException;
    }

    private ResponseEntity<Resource> answer(LoadedModel model, boolean asCsv, boolean explain, Predictions predictions)
            throws IOException {
        InputNotes notes = new InputNotes(explain);
        Spool answer = spools.write(spool -> {
            PredictionOutput output =
                    asCsv ? new CsvPredictions(spool, notes) : new JsonPredictions(spool, json, model, notes);
            predictions.writeTo(output);
            output.end();
        });
        return ResponseEntity.ok()
                .contentType(asCsv ? CSV_ANSWER : MediaType.APPLICATION_JSON)
                .contentLength(answer.length())
                .header(WARNINGS, Long.toString(notes.count()))
                .body(new InputStreamResource(answer.read()));
    }
}
