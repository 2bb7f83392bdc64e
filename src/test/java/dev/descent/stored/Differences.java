package dev.descent.stored;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The differences between a recorded response and a new one. Additional fields are not a difference, because responses
 * may grow.
 */
final class Differences {

    private static final Pattern ITEM = Pattern.compile("/\\d+(?=/|$)");

    private final double tolerance;
    private final Map<String, Double> largest = new HashMap<>();
    private final List<String> found = new ArrayList<>();

    private Differences(double tolerance) {
        this.tolerance = tolerance;
    }

    /** Compares numbers exactly. */
    static List<String> between(JsonNode recorded, JsonNode answered) {
        return between(recorded, answered, 0);
    }

    /**
     * @param tolerance for numbers that are not integers, relative to the largest one in the same field of any item (a
     *     small sum of large numbers has their rounding error), and to 1 at least
     */
    static List<String> between(JsonNode recorded, JsonNode answered, double tolerance) {
        Differences differences = new Differences(tolerance);
        differences.measure(recorded, "");
        differences.compare(recorded, answered, "");
        return differences.found;
    }

    private void measure(JsonNode recorded, String field) {
        recorded.properties().forEach(part -> measure(part.getValue(), field + "/" + part.getKey()));
        if (recorded.isArray()) {
            recorded.forEach(item -> measure(item, field + "/*"));
        } else if (recorded.isNumber()) {
            largest.merge(field, Math.max(1, Math.abs(recorded.asDouble())), Math::max);
        }
    }

    private void compare(JsonNode recorded, JsonNode answered, String at) {
        if (recorded.isObject()) {
            recorded.properties()
                    .forEach(field ->
                            compare(field.getValue(), answered.path(field.getKey()), at + "/" + field.getKey()));
        } else if (recorded.isArray()) {
            compareItems(recorded, answered, at);
        } else if (recorded.isNumber() ? !isSameNumber(recorded, answered, at) : !recorded.equals(answered)) {
            found.add("%s is %s instead of %s".formatted(at, answered, recorded));
        }
    }

    /** Items with an id may be in a different order. */
    private void compareItems(JsonNode recorded, JsonNode answered, String at) {
        if (recorded.size() != answered.size()) {
            found.add("%s has %d items instead of %d".formatted(at, answered.size(), recorded.size()));
        }
        for (int i = 0; i < recorded.size(); i++) {
            JsonNode item = recorded.path(i);
            compare(item, item.has("id") ? byId(answered, item.path("id")) : answered.path(i), at + "/" + i);
        }
    }

    private static JsonNode byId(JsonNode items, JsonNode id) {
        return items.valueStream()
                .filter(item -> item.path("id").equals(id))
                .findFirst()
                .orElseGet(() -> items.path(items.size()));
    }

    private boolean isSameNumber(JsonNode recorded, JsonNode answered, String at) {
        if (!answered.isNumber()) {
            return false;
        }
        double allowed = recorded.isIntegralNumber()
                ? 0
                : tolerance * largest.getOrDefault(ITEM.matcher(at).replaceAll("/*"), 1.0);
        return Math.abs(recorded.asDouble() - answered.asDouble()) <= allowed;
    }
}
