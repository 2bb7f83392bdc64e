package dev.descent.model.serving;

import dev.descent.core.data.Table;
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
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
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
        Table table = new PredictionRequestReader(model.model().preprocessor().encoders()).read(body);
        boolean explain = body.path("explain_inputs").asBoolean(false);
        return answer(model, isCsv(form), explain, output -> output.predict(model.predictor(), table));
    }

    @PostMapping(
            path = "/{name}/predict",
            consumes = CSV,
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
    @Requires(value = Scope.PREDICT, changes = false)
    ResponseEntity<Resource> predictCsv(
            Principal principal,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestParam(required = false) @Nullable String owner,
            @RequestAttribute(Accept.CHOSEN) MediaType form,
            HttpServletRequest request)
            throws IOException {
        ContentEncoding.requireNone(request);
        LoadedModel model = loaded.get(names.idOf(principal, name, owner), version);
        PredictionCsv.Body body = new PredictionCsv.Body(request.getInputStream(), charset(request), mostBytes);
        boolean asCsv = isCsv(form);
        return answer(
                model,
                asCsv,
                false,
                output -> PredictionCsv.read(
                        body,
                        model.model().preprocessor().encoders(),
                        asCsv ? Long.MAX_VALUE : PredictionRequestReader.MAX_ROWS,
                        table -> output.predict(model.predictor(), table)));
    }

    private static Charset charset(HttpServletRequest request) {
        MediaType type = MediaType.parseMediaType(request.getContentType());
        return type.getCharset() == null ? StandardCharsets.UTF_8 : type.getCharset();
    }

    private static boolean isCsv(MediaType form) {
        return form.isCompatibleWith(CSV_ANSWER);
    }

    private ResponseEntity<Resource> answer(
            LoadedModel model, boolean asCsv, boolean explain, Consumer<PredictionOutput> predictions)
            throws IOException {
        Spool answer = spools.write(spool -> {
            PredictionOutput output =
                    asCsv ? new CsvPredictions(spool) : new JsonPredictions(spool, json, model, explain);
            predictions.accept(output);
            output.end();
        });
        return ResponseEntity.ok()
                .contentType(asCsv ? CSV_ANSWER : MediaType.APPLICATION_JSON)
                .contentLength(answer.length())
                .body(new InputStreamResource(answer.read()));
    }
}
