package dev.descent.job;

import dev.descent.job.lifecycle.Change;
import dev.descent.request.StoredJson;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Shows jobs as clients see them. */
@Component
class JobViews {

    /** Text, tokens and nodes. */
    private static final long HEAP_PER_CHARACTER = 8;

    private final StoredSpecifications specifications;
    private final StoredJson json;
    private final Clock clock;

    JobViews(StoredSpecifications specifications, StoredJson json, Clock clock) {
        this.specifications = specifications;
        this.json = json;
        this.clock = clock;
    }

    /** The heap that the view of a job with a specification of that many characters takes. */
    static long heapBytes(int specificationLength) {
        return HEAP_PER_CHARACTER * specificationLength;
    }

    /**
     * @param changes of the job
     * @param positions of queued jobs
     */
    TrainingJobView of(TrainingJob job, List<Change> changes, Map<String, Integer> positions) {
        return TrainingJobView.of(
                job, specifications.tree(job), changes, positions.get(job.getId()), json, clock.instant());
    }
}
