package dev.descent.job.feed;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Name;
import dev.descent.core.train.Adjustment;
import dev.descent.job.lifecycle.Change;
import dev.descent.job.lifecycle.JobStatus;
import dev.descent.job.lifecycle.StatusTransition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An event in the life of a job. */
public record JobEvent(
        @Name("id") String id,
        @Name("object") String object,
        @Name("type") Type type,
        @Name("at") Instant at,
        @Name("data") Object data) {

    enum Type {
        @Name("status")
        STATUS,
        @Name("change")
        CHANGE
    }

    /** @param message the reason, unless it is obvious */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StatusData(
            @Name("status") JobStatus status,
            @Name("message") @Nullable String message) {}

    /**
     * @param changed the changed settings with their new values, named as in the request
     * @param step the number of steps done when training applied the change; null before
     */
    record ChangeData(
            @Name("changed") Map<String, Object> changed,
            @Name("step") @Nullable Long step) {}

    /** Newest first. */
    public static List<JobEvent> of(String job, List<StatusTransition> transitions, List<Change> changes) {
        String key = job.substring(job.indexOf('_') + 1);
        Stream<JobEvent> statuses = IntStream.range(0, transitions.size()).mapToObj(n -> {
            StatusTransition transition = transitions.get(n);
            return new JobEvent(
                    "evt_%s_s%d".formatted(key, n + 1),
                    "training.event",
                    Type.STATUS,
                    transition.at(),
                    new StatusData(transition.status(), transition.message()));
        });
        Stream<JobEvent> others = changes.stream()
                .map(change -> new JobEvent(
                        "evt_%s_c%d".formatted(key, change.number()),
                        "training.event",
                        Type.CHANGE,
                        change.at(),
                        new ChangeData(changed(change.adjustment()), change.step())));
        List<JobEvent> events = Stream.concat(statuses, others)
                .sorted(Comparator.comparing(JobEvent::at))
                .collect(Collectors.toCollection(ArrayList::new));
        // Reversed instead of sorted in reverse, so that of two events at the same time the later one still comes
        // first.
        Collections.reverse(events);
        return events;
    }

    private static Map<String, Object> changed(Adjustment adjustment) {
        Map<String, Object> changed = new LinkedHashMap<>();
        if (adjustment.learningRate() != null) {
            changed.put("learning_rate", adjustment.learningRate());
        }
        if (adjustment.epochs() != null) {
            changed.put("epochs", adjustment.epochs());
        }
        if (adjustment.patience() != null) {
            changed.put("early_stopping", Map.of("patience", adjustment.patience()));
        }
        return changed;
    }
}
