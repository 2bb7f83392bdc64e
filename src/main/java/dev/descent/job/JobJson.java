package dev.descent.job;

import dev.descent.job.specification.Specification;
import dev.descent.problem.Violations;
import dev.descent.request.SpecReader;
import dev.descent.request.SpecWriter;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON in which parts of a job are stored. */
@Component
public class JobJson {

    private final JsonMapper mapper;

    JobJson(JsonMapper mapper) {
        this.mapper = mapper;
    }

    public String write(Object value) {
        return mapper.writeValueAsString(value);
    }

    public String write(Specification specification) {
        return mapper.writeValueAsString(SpecWriter.write(specification));
    }

    public JsonNode tree(String json) {
        return mapper.readTree(json);
    }

    public List<String> texts(String json) {
        return mapper.readValue(json, new TypeReference<List<String>>() {});
    }

    /** @throws IllegalStateException where this version can't read what another one stored */
    public Specification specification(TrainingJob job) {
        Specification.FORMAT.requireKnown(job.specificationFormat());
        return specification(job.specification());
    }

    private Specification specification(String json) {
        Violations violations = new Violations();
        Specification specification =
                new SpecReader(violations).read(mapper.readTree(json), Specification.class, "#", null);
        if (specification == null || !violations.isEmpty()) {
            throw new IllegalStateException("Not a specification of this version of Descent: " + json);
        }
        return specification;
    }
}
