package dev.descent.graph;

import dev.descent.core.graph.Graph;
import dev.descent.core.graph.NumericGradients;
import dev.descent.problem.Faults;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
class GraphController {

    @PostMapping(
            path = "/v1/graphs:evaluate",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    EvaluationAnswer evaluate(@RequestBody JsonNode body) {
        EvaluationRequest request = new EvaluationRequestReader(new Faults()).read(body);
        Graph graph = request.expression();
        Map<String, Double> values = request.numbers();
        Map<String, Double> numericGradients = request.wantsNumericCheck() ? NumericGradients.of(graph, values) : null;
        graph.forward(values);
        graph.backward();
        return EvaluationAnswer.of(graph, numericGradients);
    }
}
