package dev.descent.testing;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The contract, {@code openapi.yaml}: reports how an exchange violates it. */
public final class Contract {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNode PROBLEM = JSON.readTree("{\"$ref\":\"#/components/schemas/Problem\"}");
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** What the contract says of all addresses at once. */
    private static final Set<Integer> ANYWHERE = Set.of(400, 403, 405, 408, 421, 415, 417, 429, 501);

    private final JsonNode document;
    private final Map<JsonNode, Schema> known = Collections.synchronizedMap(new IdentityHashMap<>());

    private Contract(JsonNode document) {
        this.document = document;
    }

    public static Contract load() {
        return new Contract(YAMLMapper.builder().build().readTree(Path.of("openapi.yaml")));
    }

    public JsonNode document() {
        return document;
    }

    /** Every method and path, as {@code GET /v1/datasets/{id}}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().propertyNames().forEach(method -> {
                    if (!method.equals("parameters")) {
                        operations.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return operations;
    }

    /** How a response violates the contract. */
    public List<String> faultsOfAnswer(
            String method, String path, int status, Map<String, String> headers, String body) {
        JsonNode operation = operation(method, path);
        if (operation == null) {
            // For paths that do not exist, the contract only promises that the response is a problem.
            return violations(PROBLEM, JSON.readTree(body));
        }
        JsonNode response = resolved(operation.path("responses").path(Integer.toString(status)));
        if (response.isMissingNode()) {
            // Responses possible for any path: the contract states them once, in its introduction.
            return ANYWHERE.contains(status)
                    ? violations(PROBLEM, JSON.readTree(body))
                    : List.of("status %d is not in the contract".formatted(status));
        }
        List<String> violations = new ArrayList<>();
        if (response.path("headers").has("Location") && !headers.containsKey("Location")) {
            violations.add("the header Location is missing");
        }
        if (!response.has("content")) {
            if (!body.isEmpty()) {
                violations.add("the contract has no body");
            }
            return violations;
        }
        String type = mediaType(headers.getOrDefault("Content-Type", "none"));
        JsonNode content = response.path("content").path(type);
        if (content.isMissingNode()) {
            violations.add("content type %s is not in the contract".formatted(type));
        } else if (type.endsWith("/json") || type.endsWith("+json")) {
            violations.addAll(violations(content.path("schema"), JSON.readTree(body)));
        }
        return violations;
    }

    /** How a request violates the contract. */
    public List<String> faultsOfRequest(
            String method,
            String path,
            Map<String, String> query,
            @Nullable String contentType,
            byte @Nullable [] body) {
        JsonNode operation = operation(method, path);
        if (operation == null) {
            return List.of("the contract has no %s %s".formatted(method, path));
        }
        List<String> violations = new ArrayList<>();
        Map<String, JsonNode> parameters = queryParameters(method, path);
        query.forEach((name, value) -> {
            JsonNode parameter = parameters.get(name.replaceFirst("\\[.*", ""));
            if (parameter == null) {
                violations.add("query parameter %s is not in the contract".formatted(name));
            } else if (!parameter.path("style").asString("").equals("deepObject")) {
                violations(parameter.path("schema"), read(value, parameter.path("schema")))
                        .forEach(violation -> violations.add("query parameter %s: %s".formatted(name, violation)));
            }
        });
        // Without a byte there is no body, whatever its type would have been.
        boolean hasBody = body != null
                && (body.length > 0
                        || operation.path("requestBody").path("required").asBoolean(false));
        if (contentType != null && hasBody) {
            String type = mediaType(contentType);
            JsonNode content = operation.path("requestBody").path("content").path(type);
            if (content.isMissingNode()) {
                violations.add("content type %s is not in the contract".formatted(type));
            } else if (type.equals("application/json")) {
                violations.addAll(violations(content.path("schema"), JSON.readTree(body)));
            }
        }
        return violations;
    }

    private Map<String, JsonNode> queryParameters(String method, String path) {
        Map<String, JsonNode> parameters = new TreeMap<>();
        for (JsonNode holder : List.of(pathItem(path), operation(method, path))) {
            holder.path("parameters").forEach(parameter -> {
                JsonNode found = resolved(parameter);
                if (found.path("in").asString().equals("query")) {
                    parameters.put(found.path("name").asString(), found);
                }
            });
        }
        return parameters;
    }

    /** The value that the text of a parameter stands for; the text itself if it stands for none. */
    private JsonNode read(String text, JsonNode reference) {
        JsonNode schema = resolved(reference);
        String type = schema.path("type").asString("");
        if (type.equals("array")) {
            ArrayNode list = JSON.createArrayNode();
            for (String element : text.isEmpty() ? new String[0] : text.split(",")) {
                list.add(read(element, schema.path("items")));
            }
            return list;
        }
        if (Set.of("integer", "number", "boolean").contains(type)) {
            try {
                return JSON.readTree(text);
            } catch (JacksonException noJson) {
                return JSON.valueToTree(text);
            }
        }
        return JSON.valueToTree(text);
    }

    private @Nullable JsonNode operation(String method, String path) {
        JsonNode operation = pathItem(path).path(method.toLowerCase(java.util.Locale.ROOT));
        return operation.isMissingNode() ? null : operation;
    }

    /** The entry of the path itself, or else of the longest template that matches it. */
    private JsonNode pathItem(String path) {
        JsonNode exact = document.path("paths").path(path);
        if (!exact.isMissingNode()) {
            return exact;
        }
        return document.path("paths").properties().stream()
                .filter(entry -> pattern(entry.getKey()).matcher(path).matches())
                .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(exact);
    }

    private static Pattern pattern(String template) {
        StringBuilder pattern = new StringBuilder();
        for (String part : template.split("(?<=/)|(?=/)")) {
            int end = part.indexOf('}') + 1;
            pattern.append(end > 0 ? "[^/]+" : "").append(Pattern.quote(part.substring(end)));
        }
        return Pattern.compile(pattern.toString());
    }

    private static String mediaType(String header) {
        return header.replaceFirst(";.*", "").strip().toLowerCase(java.util.Locale.ROOT);
    }

    /** What a reference stands for. */
    public JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private List<String> violations(JsonNode schema, JsonNode value) {
        return known.computeIfAbsent(schema, this::schema).validate(value).stream()
                .map(Error::toString)
                .toList();
    }

    /** A schema together with the contract's components, so that its references resolve. */
    private Schema schema(JsonNode schema) {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("allOf").add(schema);
        root.set("components", document.path("components"));
        return SCHEMAS.getSchema(root);
    }
}
