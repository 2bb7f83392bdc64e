package dev.descent.request;

import dev.descent.problem.Violations;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON form of stored records, written by {@link SpecWriter} and parsed by {@link SpecReader}. */
@Component
public class StoredJson {

    private final JsonMapper mapper;

    StoredJson(JsonMapper mapper) {
        this.mapper = mapper;
    }

    public String write(Object value) {
        return mapper.writeValueAsString(SpecWriter.write(value));
    }

    public JsonNode tree(String json) {
        return mapper.readTree(json);
    }

    public List<String> strings(String json) {
        return mapper.readValue(json, new TypeReference<List<String>>() {});
    }

    /**
     * Whether a value will be read back as it is once it is stored; whatever was filled in, normalized or rounded on the
     * way to it counts as much as what a client sent.
     */
    public void checkReadable(Record value, Violations violations) {
        Violations own = new Violations();
        Object read = new SpecReader(own).read(mapper.readTree(write(value)), value.getClass(), "#", null);
        violations.addAll(own);
        if (own.isEmpty() && !value.equals(read)) {
            violations.add("#", "The request becomes a specification that would not be read as it was written");
        }
    }

    /** @throws IllegalStateException if this version cannot read what another one stored */
    public <T> T read(String json, Class<T> type) {
        return read(tree(json), type);
    }

    /** @throws IllegalStateException if this version cannot read what another one stored */
    public <T> T read(JsonNode json, Class<T> type) {
        Violations violations = new Violations();
        T value = new SpecReader(violations).read(json, type, "#", null);
        if (value == null || !violations.isEmpty()) {
            throw new IllegalStateException(
                    "Not a %s of this version of Descent: %s".formatted(type.getSimpleName(), json));
        }
        return value;
    }
}
