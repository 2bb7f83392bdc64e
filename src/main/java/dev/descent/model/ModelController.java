package dev.descent.model;

import dev.descent.core.data.Table;
import dev.descent.core.train.Prediction;
import dev.descent.listing.Cursor;
import dev.descent.listing.Listing;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpEntity;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping(path = "/v1/models", produces = MediaType.APPLICATION_JSON_VALUE)
class ModelController {

    private static final String CSV = "text/csv";

    private final Models models;
    private final LoadedModels loaded;

    ModelController(Models models, LoadedModels loaded) {
        this.models = models;
        this.loaded = loaded;
    }

    @GetMapping
    Listing<ModelView> list(
            @RequestParam(required = false) @Nullable Integer limit, @RequestParam(defaultValue = "") String after) {
        return models.list(Cursor.of(limit, null).limit(), after);
    }

    @GetMapping("/{name}")
    ModelView get(@PathVariable String name) {
        return models.get(name);
    }

    @GetMapping("/{name}/versions/{version}")
    ModelVersionView version(@PathVariable String name, @PathVariable int version) {
        return models.version(name, version);
    }

    @PostMapping(
            path = "/{name}/predict",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
    ResponseEntity<Object> predict(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestHeader(name = "Accept", defaultValue = "*/*") String accept,
            @RequestBody JsonNode body) {
        LoadedModel model = loaded.get(name, version);
        Table table = new PredictionRequestReader(model.model().preprocessor().encoders()).read(body);
        return answer(model, table, accept, body.path("explain_inputs").asBoolean(false));
    }

    @PostMapping(
            path = "/{name}/predict",
            consumes = CSV,
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
    ResponseEntity<Object> predictCsv(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestHeader(name = "Accept", defaultValue = "*/*") String accept,
            HttpEntity<byte[]> request) {
        LoadedModel model = loaded.get(name, version);
        MediaType type = request.getHeaders().getContentType();
        Charset charset = type == null || type.getCharset() == null ? StandardCharsets.UTF_8 : type.getCharset();
        byte[] body = request.getBody() == null ? new byte[0] : request.getBody();
        String csv = PredictionCsv.decode(body, charset);
        Table table = PredictionCsv.read(csv, model.model().preprocessor().encoders());
        return answer(model, table, accept, false);
    }

    private static ResponseEntity<Object> answer(LoadedModel model, Table table, String accept, boolean explain) {
        InputNotes notes = new InputNotes();
        List<Prediction> predictions = model.predictor().predict(table, notes);
        boolean wantsCsv = MediaType.parseMediaTypes(accept).stream()
                .findFirst()
                .filter(type -> type.isCompatibleWith(MediaType.parseMediaType(CSV)) && !type.isWildcardType())
                .isPresent();
        if (wantsCsv) {
            return ResponseEntity.ok()
                    .contentType(MediaType.parseMediaType(CSV + ";charset=UTF-8"))
                    .body(PredictionCsv.write(predictions));
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(PredictionAnswer.of(model, predictions, notes, explain));
    }
}
