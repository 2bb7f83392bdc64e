package dev.descent.dataset;

import dev.descent.problem.MalformedJson;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Upload options as query parameters, by the same names as in a form: texts as they are, {@code columns} as JSON, and
 * {@code missing_values} as a list with commas, or as JSON where a text has one.
 */
final class UploadQuery {

    private static final Set<String> TRUTHS = Set.of("header", "percent", "currency");

    private final JsonMapper json;

    UploadQuery(JsonMapper json) {
        this.json = json;
    }

    ObjectNode options(HttpServletRequest request) {
        ObjectNode options = json.createObjectNode();
        Violations violations = new Violations();
        request.getParameterMap().forEach((name, values) -> add(name, values[0], options, violations));
        violations.throwIfAny();
        return options;
    }

    private void add(String name, String value, ObjectNode options, Violations violations) {
        if (name.equals("columns") || (name.equals("missing_values") && value.startsWith("["))) {
            try {
                options.set(name, json.readTree(value));
            } catch (JacksonException malformed) {
                violations.add(
                        Violation.QUERY + name,
                        "%s is no valid JSON: %s".formatted(name, MalformedJson.describe(malformed)));
            }
        } else if (name.equals("missing_values")) {
            options.set(name, json.valueToTree(value.split(",", -1)));
        } else if (TRUTHS.contains(name) && (value.equals("true") || value.equals("false"))) {
            options.put(name, value.equals("true"));
        } else {
            options.put(name, value);
        }
    }
}
