package dev.descent.demo;

import dev.descent.access.key.ServiceToken;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/** The HTTP requests of the demo; any client could send them. */
final class DescentApi {

    private final RestClient http;

    DescentApi(String address, ServiceToken token) {
        this.http = RestClient.builder()
                .baseUrl(address)
                .defaultHeaders(headers -> headers.setBearerAuth(token.value()))
                .build();
    }

    /** The dataset of the given name that an earlier demo uploaded, or a new one. */
    JsonNode dataset(String name, ClassPathResource csv) {
        JsonNode known = get("/v1/datasets?name={name}&limit=1", name).path("data");
        return known.isEmpty() ? upload(name, csv) : known.get(0);
    }

    private JsonNode upload(String name, ClassPathResource csv) {
        return answer(http.post()
                .uri("/v1/datasets?name={name}", name)
                .contentType(MediaType.parseMediaType("text/csv"))
                .body(csv));
    }

    JsonNode train(Map<String, Object> request) {
        return post("/v1/training-jobs", request);
    }

    JsonNode job(String id) {
        return get("/v1/training-jobs/{id}", id);
    }

    JsonNode modelVersion(String name, int version) {
        return get("/v1/models/{name}/versions/{version}", name, version);
    }

    /** One row by column name. */
    JsonNode row(String dataset, long offset) {
        return get("/v1/datasets/{id}/rows?offset={offset}&limit=1", dataset, offset)
                .path("data")
                .get(0);
    }

    JsonNode predict(String model, int version, JsonNode row) {
        return post("/v1/models/{name}/predict?version={version}", Map.of("rows", List.of(row)), model, version)
                .path("predictions")
                .get(0);
    }

    private JsonNode get(String uri, Object... variables) {
        return answer(http.get().uri(uri, variables));
    }

    private JsonNode post(String uri, Object body, Object... variables) {
        return answer(http.post()
                .uri(uri, variables)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body));
    }

    private static JsonNode answer(RestClient.RequestHeadersSpec<?> request) {
        @Nullable JsonNode answer = request.retrieve().body(JsonNode.class);
        if (answer == null) {
            throw new IllegalStateException("The service answered with an empty body");
        }
        return answer;
    }
}
