package dev.descent.model.evaluation;

import dev.descent.core.train.evaluate.metrics.ThresholdTable;
import dev.descent.principal.Principal;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import dev.descent.problem.Violations;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping(path = "/v1/training-jobs/{id}/evaluation", produces = MediaType.APPLICATION_JSON_VALUE)
class EvaluationController {

    private static final double MAX_COST = 1e9;
    private static final int DEFAULT_ROWS = 50;
    private static final int MAX_ROWS = 100;

    private final Evaluations evaluations;

    EvaluationController(Evaluations evaluations) {
        this.evaluations = evaluations;
    }

    @GetMapping
    @Requires(Scope.READ)
    JsonNode get(
            Principal principal,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String split,
            @RequestParam(required = false) @Nullable String by,
            @RequestParam(name = "cost_false_positive", defaultValue = "1") double falsePositive,
            @RequestParam(name = "cost_false_negative", defaultValue = "1") double falseNegative) {
        Violations violations = new Violations();
        check("cost_false_positive", falsePositive, violations);
        check("cost_false_negative", falseNegative, violations);
        violations.throwIfAny();
        if (by != null) {
            return evaluations.slices(principal, id, Part.of(split), by);
        }
        return evaluations.evaluate(
                principal, id, Part.of(split), new ThresholdTable.Costs(falsePositive, falseNegative));
    }

    @GetMapping("/rows")
    @Requires(Scope.READ)
    ConfusedRows rows(
            Principal principal,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String split,
            @RequestParam(required = false) @Nullable String actual,
            @RequestParam(required = false) @Nullable String predicted,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "" + DEFAULT_ROWS) int limit) {
        Violations violations = new Violations();
        if (offset < 0) {
            violations.add("?offset", "offset is %d; accepted: a whole number from 0".formatted(offset));
        }
        if (limit < 1 || limit > MAX_ROWS) {
            violations.add("?limit", "limit is %d; accepted: a whole number from 1 to %d".formatted(limit, MAX_ROWS));
        }
        violations.throwIfAny();
        return evaluations.rows(
                principal, id, Part.of(split), new ConfusedRows.Wanted(actual, predicted, offset, limit));
    }

    private static void check(String name, double cost, Violations violations) {
        if (!(cost >= 0 && cost <= MAX_COST)) {
            violations.add("?" + name, "%s is %s; accepted: a number from 0 to 1000000000".formatted(name, cost));
        }
    }
}
