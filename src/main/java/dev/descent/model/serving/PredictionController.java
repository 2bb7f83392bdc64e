package dev.descent.model.serving;

import dev.descent.core.data.Preprocessor;
import dev.descent.core.data.Table;
import dev.descent.dataset.RequestContent;
import dev.descent.dataset.format.DatasetFormat;
import dev.descent.dataset.format.MediaTypes;
import dev.descent.model.LoadedModel;
import dev.descent.model.LoadedModels;
import dev.descent.model.ModelNames;
import dev.descent.model.explain.ExplainRowRequest;
import dev.descent.model.explain.RowExplanation;
import dev.descent.principal.Principal;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import dev.descent.problem.ProblemException;
import dev.descent.request.Accept;
import dev.descent.request.RequestHeap;
import dev.descent.request.SpecWriter;
import dev.descent.store.Spool;
import dev.descent.store.Spools;
import dev.descent.store.TemporaryFile;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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

    private static final String CSV = MediaTypes.CSV;

    /** How many cells were not encoded as they are. */
    private static final String WARNINGS = "Descent-Warnings";

    private static final MediaType CSV_ANSWER = MediaType.parseMediaType(CSV + ";charset=UTF-8");

    private final ModelNames names;
    private final LoadedModels loaded;
    private final RequestContent contents;
    private final Spools spools;
    private final JsonMapper json;
    private final RequestHeap heap;

    PredictionController(
            ModelNames names,
            LoadedModels loaded,
            RequestContent contents,
            Spools spools,
            JsonMapper json,
            RequestHeap heap) {
        this.names = names;
        this.loaded = loaded;
        this.contents = contents;
        this.spools = spools;
        this.json = json;
        this.heap = heap;
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
        return answer(model, isCsv(form), explain, (output, notes) -> output.predict(model.predictor(), table));
    }

    @PostMapping(
            path = "/{name}/predict",
            consumes = {MediaTypes.CSV, MediaTypes.TSV, MediaTypes.NDJSON, MediaTypes.PARQUET},
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
        MediaType type = MediaType.parseMediaType(request.getContentType());
        LoadedModel model = loaded.get(names.idOf(principal, name, owner), version);
        boolean asCsv = isCsv(form);
        long mostRows = asCsv ? Long.MAX_VALUE : PredictionRequestReader.MAX_ROWS;
        PredictionFile.Options options = PredictionFile.Options.of(delimiter, type.getCharset() != null, extraColumns);
        DatasetFormat format = DatasetFormat.ofMediaType(type.getType() + "/" + type.getSubtype());
        try (InputStream content = contents.open(request);
                TemporaryFile received =
                        spools.receive(format.isText() ? AsUtf8.of(content, type.getCharset()) : content)) {
            PredictionFile file =
                    new PredictionFile(received.path(), format, contents.ofRows(), heap::reserve, options);
            return answer(
                    model,
                    asCsv,
                    explainInputs,
                    (output, notes) -> file.read(
                            ModelInputs.of(model), notes, mostRows, table -> output.predict(model.predictor(), table)));
        }
    }

    @PostMapping(path = "/{name}:explain-row", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(value = Scope.PREDICT, changes = false)
    JsonNode explainRow(
            Principal principal,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestParam(required = false) @Nullable String owner,
            @RequestBody JsonNode body) {
        LoadedModel model = loaded.get(names.idOf(principal, name, owner), version);
        if (model.predictor().members() > 1) {
            throw ProblemException.conflict(
                    "Version %d of model %s is an ensemble of %d networks, each of which has its own way from cells to inputs; accepted: a model with one"
                            .formatted(
                                    model.version(),
                                    model.name(),
                                    model.predictor().members()));
        }
        Preprocessor preprocessor = model.model().preprocessor();
        JsonNode row = ExplainRowRequest.row(body);
        PredictionRequestReader reader = new PredictionRequestReader(ModelInputs.of(model));
        Table table = ExplainRowRequest.read(row, reader::read);
        return SpecWriter.write(RowExplanation.of(model.name(), model.version(), preprocessor, table, row));
    }

    private static boolean isCsv(MediaType form) {
        return form.isCompatibleWith(CSV_ANSWER);
    }

    /** Writes predictions to an answer. */
    private interface Predictions {
        void writeTo(PredictionOutput output, InputNotes notes) throws IOException;
    }

    private ResponseEntity<Resource> answer(LoadedModel model, boolean asCsv, boolean explain, Predictions predictions)
            throws IOException {
        InputNotes notes = new InputNotes(explain);
        Spool answer = spools.write(spool -> {
            PredictionOutput output =
                    asCsv ? new CsvPredictions(spool, notes) : new JsonPredictions(spool, json, model, notes);
            predictions.writeTo(output, notes);
            output.end();
        });
        return ResponseEntity.ok()
                .contentType(asCsv ? CSV_ANSWER : MediaType.APPLICATION_JSON)
                .contentLength(answer.length())
                .header(WARNINGS, Long.toString(notes.count()))
                .body(new InputStreamResource(answer.read()));
    }
}
