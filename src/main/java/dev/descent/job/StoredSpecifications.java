package dev.descent.job;

import dev.descent.core.Names;
import dev.descent.core.train.Shuffle;
import dev.descent.core.train.examples.Task;
import dev.descent.job.specification.Specification;
import dev.descent.request.StoredJson;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads the specifications of stored jobs. */
@Component
public class StoredSpecifications {

    private static final int WITHOUT_OWNER = 2;
    private static final int STRATIFIES_NUMBERS = 3;

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
        if (specification.path("hyperparameters") instanceof ObjectNode hyperparameters) {
            // Earlier versions had no choice.
            hyperparameters.putIfAbsent("shuffle", StringNode.valueOf(Names.of(Shuffle.WHOLE)));
        }
        return specification;
    }

    /** @throws IllegalStateException if this version cannot read what another one stored */
    public Specification of(TrainingJob job) {
        Specification.FORMAT.requireKnown(job.specificationFormat());
        JsonNode specification = tree(job);
        if (job.specificationFormat() < STRATIFIES_NUMBERS && !isClassification(specification)) {
            // It was true for every task by default, and without effect.
            ((ObjectNode) specification.path("split")).put("stratify", false);
        }
        return json.read(specification, Specification.class);
    }

    private static boolean isClassification(JsonNode specification) {
        return specification.path("task").asString().equals(Task.CLASSIFICATION.label());
    }
}
