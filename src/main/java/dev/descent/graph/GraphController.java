package dev.descent.graph;

import dev.descent.core.graph.Graph;
import dev.descent.core.graph.NumericGradients;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import dev.descent.problem.Violations;
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
    @Requires(value = Scope.READ, changes = false)
    GraphAnswer evaluate(@RequestBody JsonNode body) {
        GraphRequest request = new GraphRequestReader(new Violations()).read(body);
        Graph graph = request.expression();
        Map<String, Double> values = request.numbers();
        Map<String, Double> numericGradients = request.wantsNumericCheck() ? NumericGradients.of(graph, values) : null;
        graph.forward(values);
        graph.backward();
        return GraphAnswer.of(graph, numericGradients);
    }
}
