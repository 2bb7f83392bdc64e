package dev.descent.model;

import dev.descent.request.StoredJson;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;

/** The model versions that jobs have made. */
@Component
public class JobModels {

    private final ModelVersionRepository versions;
    private final StoredJson json;

    JobModels(ModelVersionRepository versions, StoredJson json) {
        this.versions = versions;
        this.json = json;
    }

    /**
     * @param hasValidation whether it was measured on a validation part, so that there is one
     * @param hasTest the same for a test part
     */
    public record JobModel(ModelVersionId id, boolean hasValidation, boolean hasTest) {}

    /** The version that a job made, unless it has been deleted. */
    @Transactional(readOnly = true)
    public Optional<JobModel> of(String jobId) {
        return versions.findOfJob(jobId).map(found -> {
            JsonNode evaluation = json.tree(found.evaluation());
            return new JobModel(
                    new ModelVersionId(found.modelId(), found.version()),
                    evaluation.path("validation").isObject(),
                    evaluation.path("test").isObject());
        });
    }
}
