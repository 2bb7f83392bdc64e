package dev.descent.request;

import dev.descent.core.Bounds;
import dev.descent.core.ByField;
import dev.descent.core.Count;
import dev.descent.core.Excerpt;
import dev.descent.core.Names;
import dev.descent.core.Plain;
import dev.descent.core.Required;
import dev.descent.core.Unwrapped;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Parses JSON into records by these rules, and continues after a violation so that all of them are found:
 *
 * <ul>
 *   <li>a record is an object whose fields are its components by their {@code @Name}; any other field is a violation;
 *   <li>a component that is absent or null keeps the value of the record's default; without one it must be marked
 *       {@code @Nullable}; one that is marked {@link Required} has no default;
 *   <li>a sealed interface is an object whose {@code type} names one of its records ({@link Names#of}), whose static
 *       {@code DEFAULT}, if it has one, holds the defaults;
 *   <li>one that is marked {@link ByField} is an object without a {@code type}, whose fields tell which record it is;
 *   <li>a {@link Plain} type is what its {@code ofPlain} makes of a string, number, list or map;
 *   <li>an enum is one of its constants by their {@code @Name};
 *   <li>the fields of an {@link Unwrapped} component stand next to those of its record;
 *   <li>{@link Bounds} apply to numbers, and to the length of strings, lists and maps.
 * </ul>
 */
public final class SpecReader {

    private static final Pattern PLACE = Pattern.compile("\\d+");

    private final Violations violations;
    private final Map<Class<?>, Custom<?>> customs = new HashMap<>();

    public SpecReader(Violations violations) {
        this.violations = violations;
    }

    /** Registers a custom parser for a type. */
    public <T> SpecReader with(Class<T> type, Custom<T> custom) {
        customs.put(type, custom);
        return this;
    }

    /**
     * Parses a record.
     *
     * @param defaults the values of absent components; null if the record has no defaults
     * @return null if there was a violation
     */
    public <T> @Nullable T read(JsonNode node, Class<T> type, String pointer, @Nullable T defaults) {
        return read(node, type, pointer, defaults, Set.of());
    }

    /** Parses a record, ignoring fields that the caller parses itself. */
    public <T> @Nullable T read(
            JsonNode node, Class<T> type, String pointer, @Nullable T defaults, Set<String> otherFields) {
        return type.cast(object(node, type, Slot.of(pointer), defaults, otherFields));
    }

    /** The names of a record's fields, without those of an unwrapped component. */
    public static Set<String> fields(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> !component.isAnnotationPresent(Unwrapped.class))
                .map(Names::of)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The location of a value, and the bounds of its component. */
    private record Slot(String pointer, @Nullable Bounds bounds) {

        static Slot of(String pointer) {
            return new Slot(pointer, null);
        }

        /** The name of the value in messages: its field, or its list and index. */
        String name() {
            if (pointer.equals("#")) {
                return "the body";
            }
            int end = Math.max(pointer.lastIndexOf('/'), pointer.lastIndexOf('?'));
            boolean inList = PLACE.matcher(pointer.substring(end + 1)).matches();
            return Excerpt.of(pointer.substring(1 + (inList ? pointer.lastIndexOf('/', end - 1) : end)));
        }

        Slot child(String name) {
            return of(Violation.pointerTo(pointer, name));
        }
    }

    private @Nullable Object value(
            JsonNode node, Class<?> type, Type genericType, Slot slot, @Nullable Object defaults) {
        Custom<?> custom = customs.get(type);
        if (custom != null) {
            return custom.read(this, node, slot.pointer, violations);
        }
        if (Plain.class.isAssignableFrom(type)) {
            return plain(node, type, slot);
        }
        if (type == String.class) {
            return text(node, slot);
        }
        if (type == int.class || type == Integer.class) {
            Long number = wholeNumber(node, slot, Integer.MIN_VALUE, Integer.MAX_VALUE);
            return number == null ? null : (Object) number.intValue();
        }
        if (type == long.class || type == Long.class) {
            return wholeNumber(node, slot, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (type == double.class || type == Double.class) {
            return number(node, slot);
        }
        if (type == boolean.class || type == Boolean.class) {
            return node.isBoolean() ? node.asBoolean() : violation(slot, node, "true or false");
        }
        if (type.isEnum()) {
            return constant(node, type, slot);
        }
        if (type == List.class) {
            return list(node, (ParameterizedType) genericType, slot);
        }
        if (type == Map.class) {
            return map(node, (ParameterizedType) genericType, slot);
        }
        if (type.isSealed()) {
            return type.isAnnotationPresent(ByField.class)
                    ? form(node, type, slot)
                    : variant(node, type, slot, Set.of());
        }
        return object(node, type, slot, defaults == null ? Defaults.of(type) : defaults, Set.of());
    }

    private @Nullable Object plain(JsonNode node, Class<?> type, Slot slot) {
        try {
            return Defaults.ofPlain(type, PlainJson.of(node));
        } catch (IllegalArgumentException refused) {
            return violation(slot, node, String.valueOf(refused.getMessage()));
        }
    }

    private @Nullable Object violation(Slot slot, JsonNode node, String accepted) {
        violations.add(
                () -> slot.pointer, () -> "%s is %s; accepted: %s".formatted(slot.name(), Quote.of(node), accepted));
        return null;
    }

    private @Nullable String text(JsonNode node, Slot slot) {
        if (!node.isString()) {
            return (String) violation(slot, node, "a string");
        }
        String text = node.asString();
        Bounds bounds = slot.bounds;
        int length = text.codePointCount(0, text.length());
        if (bounds != null && (length < bounds.min() || length > bounds.max())) {
            return (String) violation(slot, node, "a string of %s characters".formatted(Quote.range(bounds)));
        }
        if (!Texts.isStorable(text)) {
            return (String) violation(slot, node, Texts.STORABLE);
        }
        return text;
    }

    private @Nullable Long wholeNumber(JsonNode node, Slot slot, long min, long max) {
        Bounds bounds = slot.bounds;
        boolean whole = node.isNumber() && node.canConvertToExactIntegral();
        boolean inside = whole
                && node.canConvertToLong()
                && node.asLong() >= min
                && node.asLong() <= max
                && (bounds == null || (node.asLong() >= bounds.min() && node.asLong() <= bounds.max()));
        if (!inside) {
            String range = bounds == null ? "" : " from " + Quote.range(bounds);
            return (Long) violation(slot, node, "a whole number" + range);
        }
        return node.asLong();
    }

    private @Nullable Double number(JsonNode node, Slot slot) {
        Bounds bounds = slot.bounds;
        // Without a default, an integer beyond the range of a double would throw an exception.
        double value = node.doubleValue(Double.NaN);
        boolean inside = Double.isFinite(value) && (bounds == null || (value >= bounds.min() && value <= bounds.max()));
        if (!inside) {
            String range = bounds == null ? "" : " from " + Quote.range(bounds);
            return (Double) violation(slot, node, "a number" + range);
        }
        return value;
    }

    private @Nullable Object constant(JsonNode node, Class<?> type, Slot slot) {
        for (Object constant : type.getEnumConstants()) {
            if (node.isString() && Names.of((Enum<?>) constant).equals(node.asString())) {
                return constant;
            }
        }
        return violation(
                slot,
                node,
                Arrays.stream(type.getEnumConstants())
                        .map(constant -> Names.of((Enum<?>) constant))
                        .collect(Collectors.joining(", ")));
    }

    private @Nullable List<Object> list(JsonNode node, ParameterizedType type, Slot slot) {
        if (!node.isArray()) {
            violation(slot, node, "an array");
            return null;
        }
        if (isTooLong(node, slot)) {
            return null;
        }
        Type elementType = type.getActualTypeArguments()[0];
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            Object element =
                    value(node.get(i), (Class<?>) elementType, elementType, slot.child(Integer.toString(i)), null);
            if (element != null) {
                elements.add(element);
            }
        }
        return elements.size() == node.size() ? elements : null;
    }

    private boolean isTooLong(JsonNode node, Slot slot) {
        Bounds bounds = slot.bounds;
        if (bounds != null && (node.size() < bounds.min() || node.size() > bounds.max())) {
            String name = slot.name();
            violations.add(
                    slot.pointer,
                    "%s has %s; accepted: %s entries"
                            .formatted(name, Count.of(node.size(), "entry", "entries"), Quote.range(bounds)));
            return true;
        }
        return false;
    }

    private @Nullable Map<String, Object> map(JsonNode node, ParameterizedType type, Slot slot) {
        Type entryType = type.getActualTypeArguments()[1];
        if (!node.isObject()) {
            violation(slot, node, entryType == String.class ? "an object of strings" : "an object of objects");
            return null;
        }
        if (isTooLong(node, slot)) {
            return null;
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        node.properties().forEach(property -> {
            Object entry = value(
                    property.getValue(),
                    (Class<?>) entryType,
                    entryType,
                    slot.child(property.getKey()),
                    Defaults.of((Class<?>) entryType));
            if (!Texts.isStorable(property.getKey())) {
                violations.add(
                        slot.pointer,
                        "%s has the name %s; accepted: %s"
                                .formatted(slot.name(), Quote.text(property.getKey()), Texts.STORABLE));
            } else if (entry != null) {
                entries.put(property.getKey(), entry);
            }
        });
        return entries.size() == node.size() ? entries : null;
    }

    private @Nullable Object variant(JsonNode node, Class<?> type, Slot slot, Set<String> otherFields) {
        Map<String, Class<?>> variants = new TreeMap<>();
        for (Class<?> variant : type.getPermittedSubclasses()) {
            variants.put(Names.of(variant), variant);
        }
        String accepted = String.join(", ", variants.keySet());
        if (!node.isObject()) {
            return violation(slot, node, "an object with a type of " + accepted);
        }
        JsonNode name = node.path("type");
        Class<?> variant = variants.get(name.isString() ? name.asString() : "");
        if (variant == null) {
            return violation(slot.child("type"), name, accepted);
        }
        Set<String> readElsewhere = new TreeSet<>(otherFields);
        readElsewhere.add("type");
        return object(node, variant, slot, Defaults.of(variant), readElsewhere);
    }

    /** One of several records without a type; an object that mixes their fields is none of them. */
    private @Nullable Object form(JsonNode node, Class<?> type, Slot slot) {
        Forms forms = Forms.of(type);
        if (!node.isObject()) {
            return violation(slot, node, forms.accepted());
        }
        Set<String> given = given(node);
        Class<?> form = forms.meantBy(given);
        Set<String> known = form == null ? Set.of() : fields(form);
        given.retainAll(forms.fields());
        if (!known.containsAll(given)) {
            violations.add(
                    slot.pointer,
                    "%s has %s together; accepted: %s"
                            .formatted(slot.name(), String.join(" and ", given), forms.accepted()));
        }
        Set<String> elsewhere = new TreeSet<>(forms.fields());
        elsewhere.removeAll(known);
        Object read = form == null ? null : object(node, form, slot, Defaults.of(form), elsewhere);
        if (form == null) {
            reportUnknown(node, elsewhere, slot);
        }
        return known.containsAll(given) ? read : null;
    }

    private static Set<String> given(JsonNode node) {
        return node.properties().stream()
                .filter(property -> !property.getValue().isNull())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private @Nullable Object object(
            JsonNode node, Class<?> type, Slot slot, @Nullable Object defaults, Set<String> otherFields) {
        if (!node.isObject()) {
            return violation(slot, node, "an object");
        }
        RecordComponent[] components = type.getRecordComponents();
        Set<String> known = new TreeSet<>(otherFields);
        @Nullable Object[] values = new Object[components.length];
        boolean complete = true;
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            if (component.isAnnotationPresent(Unwrapped.class)) {
                values[i] = variant(node, component.getType(), slot, fieldsBeside(component, components, otherFields));
                complete &= values[i] != null;
                continue;
            }
            String field = Names.of(component);
            known.add(field);
            Object fallback = defaults == null || component.isAnnotationPresent(Required.class)
                    ? null
                    : Defaults.component(defaults, component);
            JsonNode given = node.path(field);
            if (given.isMissingNode() || given.isNull()) {
                values[i] = fallback;
                if (fallback == null && !isNullable(component)) {
                    violations.add(slot.child(field).pointer, field + " is required");
                    complete = false;
                }
            } else {
                Slot child = new Slot(slot.child(field).pointer, component.getAnnotation(Bounds.class));
                values[i] = value(given, component.getType(), component.getGenericType(), child, fallback);
                complete &= values[i] != null;
            }
        }
        boolean flat = Arrays.stream(components).anyMatch(component -> component.isAnnotationPresent(Unwrapped.class));
        complete &= flat || reportUnknown(node, known, slot);
        return complete ? Defaults.create(type, values) : null;
    }

    /** The fields next to those of an unwrapped component; its reader treats them as known, and reports any others. */
    private static Set<String> fieldsBeside(
            RecordComponent flat, RecordComponent[] components, Set<String> otherFields) {
        Set<String> fields = new TreeSet<>(otherFields);
        Arrays.stream(components)
                .filter(component -> component != flat)
                .forEach(component -> fields.add(Names.of(component)));
        return fields;
    }

    private boolean reportUnknown(JsonNode node, Set<String> known, Slot slot) {
        boolean allKnown = true;
        for (String field : node.propertyNames()) {
            if (!known.contains(field)) {
                violations.add(
                        () -> slot.child(field).pointer,
                        () -> "%s is not known here; accepted: %s"
                                .formatted(Quote.text(field), String.join(", ", known)));
                allKnown = false;
            }
        }
        return allKnown;
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
