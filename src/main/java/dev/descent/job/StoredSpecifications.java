package dev.descent.job;

import dev.descent.job.specification.Specification;
import dev.descent.request.StoredJson;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the specifications of stored jobs. */
@Component
public class StoredSpecifications {

    private static final int WITHOUT_OWNER = 2;

    private final StoredJson json;

    StoredSpecifications(StoredJson json) {
        this.json = json;
    }

    /** As clients see it. */
    JsonNode tree(TrainingJob job) {
        JsonNode specification = json.tree(job.specification());
        if (job.specificationFormat() < WITHOUT_OWNER) {
            ((ObjectNode) specification).remove("owner");
        }
        return specification;
    }

    /** @throws IllegalStateException if this version cannot read what another one stored */
    public Specification of(TrainingJob job) {
        Specification.FORMAT.requireKnown(job.specificationFormat());
        return json.read(tree(job), Specification.class);
    }
}
