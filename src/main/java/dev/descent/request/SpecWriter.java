package dev.descent.request;

import dev.descent.core.ByField;
import dev.descent.core.Names;
import dev.descent.core.Plain;
import dev.descent.core.Unwrapped;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes records as the JSON that {@link SpecReader} parses, omitting nulls. A number that is not finite becomes null.
 */
public final class SpecWriter {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SpecWriter() {}

    public static JsonNode write(@Nullable Object value) {
        if (value == null) {
            return JSON.nullNode();
        }
        if (value instanceof JsonNode node) {
            return node;
        }
        if (value instanceof String text) {
            return JSON.stringNode(text);
        }
        if (value instanceof Boolean truth) {
            return JSON.booleanNode(truth);
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? JSON.numberNode(number) : JSON.nullNode();
        }
        if (value instanceof Integer || value instanceof Long) {
            return JSON.numberNode(((Number) value).longValue());
        }
        if (value instanceof Enum<?> constant) {
            return JSON.stringNode(Names.of(constant));
        }
        if (value instanceof List<?> list) {
            ArrayNode array = JSON.arrayNode();
            list.forEach(element -> array.add(write(element)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            map.forEach((key, element) -> object.set(key.toString(), write(element)));
            return object;
        }
        if (value instanceof Plain plain) {
            return write(plain.plain());
        }
        if (value instanceof Record fields) {
            return object(fields);
        }
        throw new IllegalArgumentException("Not part of a specification: " + value.getClass());
    }

    private static ObjectNode object(Record fields) {
        ObjectNode object = JSON.objectNode();
        if (isVariant(fields.getClass())) {
            object.put("type", Names.of(fields.getClass()));
        }
        for (RecordComponent component : fields.getClass().getRecordComponents()) {
            Object value = Defaults.component(fields, component);
            if (component.isAnnotationPresent(Unwrapped.class) && value instanceof Record flat) {
                object.setAll(object(flat));
            } else if (value != null) {
                object.set(Names.of(component), write(value));
            }
        }
        return object;
    }

    private static boolean isVariant(Class<?> type) {
        for (Class<?> parent : type.getInterfaces()) {
            if (parent.isSealed() && !parent.isAnnotationPresent(ByField.class)) {
                return true;
            }
        }
        return false;
    }
}
