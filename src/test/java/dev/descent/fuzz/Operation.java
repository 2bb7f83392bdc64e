package dev.descent.fuzz;

import dev.descent.testing.Contract;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * A method of an address.
 *
 * @param template the path with its parameters in braces
 */
record Operation(String method, String template, JsonNode content, List<JsonNode> parameters) {

    static List<Operation> all(Contract contract) {
        List<Operation> operations = new ArrayList<>();
        contract.document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (!method.getKey().equals("parameters")) {
                        List<JsonNode> parameters = new ArrayList<>();
                        path.getValue().path("parameters").forEach(one -> parameters.add(contract.resolved(one)));
                        method.getValue().path("parameters").forEach(one -> parameters.add(contract.resolved(one)));
                        operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                method.getValue().at("/requestBody/content"),
                                parameters));
                    }
                }));
        return operations;
    }

    boolean creates() {
        return method.equals("POST");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return method + " " + template;
    }
}
