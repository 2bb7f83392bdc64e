package dev.descent.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Converts JSON to plain Java values. */
final class PlainJson {

    private PlainJson() {}

    /**
     * A {@code String}, {@code Long} (if exact), {@code Double}, {@code Boolean}, {@code List} or {@code Map}; null
     * becomes an empty string.
     */
    static Object of(JsonNode node) {
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(element -> list.add(of(element)));
            return list;
        }
        if (node.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            node.properties().forEach(property -> map.put(property.getKey(), of(property.getValue())));
            return map;
        }
        if (node.isNumber()) {
            boolean whole = node.canConvertToExactIntegral() && node.canConvertToLong();
            return whole ? (Object) node.asLong() : node.doubleValue();
        }
        return node.isBoolean() ? (Object) node.asBoolean() : node.asString("");
    }
}
