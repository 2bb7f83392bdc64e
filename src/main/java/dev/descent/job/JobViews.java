package dev.descent.job;

import dev.descent.job.fold.CrossValidationView;
import dev.descent.job.fold.FoldStore;
import dev.descent.job.fold.FoldSummary;
import dev.descent.job.lifecycle.Change;
import dev.descent.request.StoredJson;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Shows jobs as clients see them. */
@Component
class JobViews {

    /** Text, tokens and nodes. */
    private static final long HEAP_PER_CHARACTER = 8;

    private final StoredSpecifications specifications;
    private final FoldStore folds;
    private final StoredJson json;
    private final Clock clock;

    JobViews(StoredSpecifications specifications, FoldStore folds, StoredJson json, Clock clock) {
        this.specifications = specifications;
        this.folds = folds;
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
        return of(job, changes, folds::of, positions);
    }

    /** @param done the folds of the jobs that have been held out */
    TrainingJobView of(
            TrainingJob job,
            List<Change> changes,
            Function<String, List<FoldSummary>> done,
            Map<String, Integer> positions) {
        JsonNode specification = specifications.tree(job);
        JsonNode split = specification.path("split");
        CrossValidationView crossValidation = split.has("folds")
                ? CrossValidationView.of(
                        split.path("folds").asInt(),
                        split.path("repeats").asInt(),
                        split.path("ensemble").asBoolean(false),
                        done.apply(job.getId()))
                : null;
        return TrainingJobView.of(
                job, specification, changes, crossValidation, positions.get(job.getId()), json, clock.instant());
    }
}
