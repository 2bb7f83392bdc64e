package dev.descent.dataset;

import dev.descent.dataset.statistics.Associations;
import dev.descent.dataset.statistics.Histogram;
import dev.descent.principal.Principal;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import dev.descent.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/datasets/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class DatasetStatisticsController {

    private static final int DEFAULT_BINS = 20;
    private static final int MAX_BINS = 1_000;

    private final DatasetStatistics statistics;

    DatasetStatisticsController(DatasetStatistics statistics) {
        this.statistics = statistics;
    }

    @GetMapping("/columns/{name}/histogram")
    @Requires(Scope.READ)
    Histogram histogram(
            Principal principal,
            @PathVariable String id,
            @PathVariable String name,
            @RequestParam(defaultValue = "" + DEFAULT_BINS) int bins) {
        return count(principal, id, name, bins);
    }

    private Histogram count(Principal principal, String id, @Nullable String column, int bins) {
        if (bins < 1 || bins > MAX_BINS) {
            throw ProblemException.invalid(
                    "?bins", "bins is %d; accepted: a whole number from 1 to %d".formatted(bins, MAX_BINS));
        }
        return statistics.histogram(principal, id, column, bins);
    }

    /** For names that a path cannot hold, such as those with a slash. */
    @GetMapping("/histogram")
    @Requires(Scope.READ)
    Histogram histogramOf(
            Principal principal,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String column,
            @RequestParam(defaultValue = "" + DEFAULT_BINS) int bins) {
        return count(principal, id, column, bins);
    }

    @GetMapping("/associations")
    @Requires(Scope.READ)
    Associations associations(
            Principal principal, @PathVariable String id, @RequestParam(required = false) @Nullable String target) {
        return statistics.associations(principal, id, target);
    }
}
