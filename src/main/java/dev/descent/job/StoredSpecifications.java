package dev.descent.job;

import dev.descent.job.specification.Specification;
import dev.descent.request.StoredJson;
import org.springframework.stereotype.Component;

/** Reads the specifications of stored jobs. */
@Component
public class StoredSpecifications {

    private final StoredJson json;

    StoredSpecifications(StoredJson json) {
        this.json = json;
    }

    /** @throws IllegalStateException if this version cannot read what another one stored */
    public Specification of(TrainingJob job) {
        Specification.FORMAT.requireKnown(job.specificationFormat());
        return json.read(job.specification(), Specification.class);
    }
}
