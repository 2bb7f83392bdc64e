package dev.descent.model;

import dev.descent.problem.Violations;
import dev.descent.request.SpecReader;
import dev.descent.request.SpecWriter;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON in which parts of a model version are stored: records as {@link SpecWriter} writes them. */
@Component
class StoredForms {

    private final JsonMapper mapper;

    StoredForms(JsonMapper mapper) {
        this.mapper = mapper;
    }

    String write(Object value) {
        return mapper.writeValueAsString(SpecWriter.write(value));
    }

    List<String> texts(String json) {
        return mapper.readValue(json, new TypeReference<List<String>>() {});
    }

    JsonNode tree(String json) {
        return mapper.readTree(json);
    }

    /** @throws IllegalStateException where this version can't read what another one stored */
    <T> T read(String json, Class<T> type) {
        Violations violations = new Violations();
        T value = new SpecReader(violations).read(mapper.readTree(json), type, "#", null);
        if (value == null || !violations.isEmpty()) {
            throw new IllegalStateException("Not a model of this version of Descent: " + json);
        }
        return value;
    }
}
