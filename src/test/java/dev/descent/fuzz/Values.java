package dev.descent.fuzz;

import dev.descent.testing.Contract;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes JSON from schemas, as text, because much of what is wrong with JSON has no tree. */
final class Values {

    /** How values keep to their schema. */
    enum Style {
        VALID,
        /** Valid, with bounds met exactly. */
        BOUNDARY,
        BROKEN
    }

    /** What breaks programs that read text. */
    static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "\n",
            "a\u202eb",
            "\u200b",
            "\ufeff",
            "\ud83d\ude00",
            "\ud800",
            "e\u0301",
            "\uffff",
            "..",
            "../../etc/passwd",
            "%00",
            "%2e%2e%2f",
            "' OR 1=1 --",
            "${jndi:ldap://127.0.0.1/a}",
            "#{7*7}",
            "<script>alert(1)</script>",
            "=HYPERLINK(\"http://localhost\")",
            "null",
            "NaN",
            "a,b",
            "a\"b\\c",
            "x".repeat(70_000));

    private static final List<String> WRONG = List.of(
            "null",
            "true",
            "0",
            "-1",
            "0.5",
            "1e400",
            "-1e-400",
            "9223372036854775808",
            "-9223372036854775809",
            "123456789012345678901234567890",
            "1" + "0".repeat(1_200),
            "1e2147483648",
            "4.9e-324",
            "-0.0",
            "NaN",
            "Infinity",
            "0x10",
            "01",
            ".5",
            "+1",
            "'single'",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"\t\"",
            "\"\\x\"",
            "\"brew\"",
            "[]",
            "[[]]",
            "[1,]",
            "{}",
            "{\"a\":1,\"a\":2}",
            "{\"\":{}}",
            "{\"__proto__\":1}",
            "{\"@type\":\"java.lang.Runtime\"}",
            "[".repeat(60) + "]".repeat(60),
            "[".repeat(5_000) + "]".repeat(5_000),
            "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000),
            "[" + "0,".repeat(20_000) + "0]",
            IntStream.range(0, 3_000)
                    .mapToObj(i -> "\"field_%d\":0".formatted(i))
                    .collect(Collectors.joining(",", "{", "}")));

    private static final List<String> MATCHING =
            List.of("a", "1", "ds_0", "job_0", "ckpt_0", "evt_0", "0".repeat(64), "*", "bytes=0-9");

    private static final int DEEPEST = 8;

    private final Contract contract;
    private final SplittableRandom random;
    private final Style style;

    /** Values that fit what the service has, by the name of the field. */
    private final Map<String, List<String>> fitting;

    Values(Contract contract, SplittableRandom random, Style style, Map<String, List<String>> fitting) {
        this.contract = contract;
        this.random = random;
        this.style = style;
        this.fitting = fitting;
    }

    String of(JsonNode schema, String name) {
        return of(schema, name, 0);
    }

    private String of(JsonNode reference, String name, int depth) {
        if (style == Style.BROKEN && random.nextInt(10) == 0) {
            return random.nextInt(4) == 0 ? quoted(pick(TEXTS)) : pick(WRONG);
        }
        if (fitting.containsKey(name) && random.nextInt(10) > (style == Style.VALID ? 0 : 3)) {
            return pick(fitting.get(name));
        }
        JsonNode schema = contract.resolved(reference);
        if (schema.has("const")) {
            return schema.get("const").toString();
        }
        if (schema.has("enum")) {
            return pick(schema.get("enum").valueStream().toList()).toString();
        }
        if (schema.has("examples") && random.nextInt(4) == 0) {
            return pick(schema.get("examples").valueStream().toList()).toString();
        }
        if (isObject(schema)) {
            return object(schema, name, depth);
        }
        if (schema.has("oneOf")) {
            return of(pick(schema.get("oneOf").valueStream().toList()), name, depth);
        }
        return switch (pick(types(schema))) {
            case "null" -> "null";
            case "boolean" -> Boolean.toString(random.nextBoolean());
            case "integer" -> Long.toString((long) number(schema, true));
            case "number" -> Double.toString(number(schema, false));
            case "array" -> array(schema, name, depth);
            case "string" -> quoted(string(schema));
            default -> "{}";
        };
    }

    private static boolean isObject(JsonNode schema) {
        return types(schema).contains("object") || schema.has("allOf");
    }

    private static List<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? type.valueStream().map(JsonNode::asString).toList() : List.of(type.asString("string"));
    }

    private String object(JsonNode schema, String name, int depth) {
        Map<String, String> fields = new LinkedHashMap<>();
        fill(fields, schema, name, depth);
        List<String> members = new ArrayList<>();
        fields.forEach((field, value) -> members.add(quoted(field) + ":" + value));
        if (style == Style.BROKEN && random.nextInt(12) == 0) {
            members.add(quoted(pick(TEXTS)) + ":" + pick(WRONG));
        }
        if (style == Style.BROKEN && !members.isEmpty() && random.nextInt(20) == 0) {
            members.add(pick(members));
        }
        return "{" + String.join(",", members) + "}";
    }

    private void fill(Map<String, String> fields, JsonNode reference, String name, int depth) {
        JsonNode schema = contract.resolved(reference);
        schema.path("allOf").forEach(part -> fill(fields, part, name, depth));
        Set<String> required = texts(schema.path("required"));
        Set<String> excluded = new HashSet<>();
        if (schema.has("oneOf")) {
            JsonNode branch = pick(schema.get("oneOf").valueStream().toList());
            schema.get("oneOf").forEach(other -> excluded.addAll(texts(other.path("required"))));
            required.addAll(texts(branch.path("required")));
            excluded.removeAll(required);
            fill(fields, branch, name, depth);
        }
        schema.path("properties").properties().forEach(property -> {
            String field = property.getKey();
            boolean wanted = required.contains(field)
                    ? style != Style.BROKEN || random.nextInt(20) > 0
                    : !excluded.contains(field) && depth < DEEPEST && random.nextInt(5) == 0;
            if (wanted) {
                fields.putIfAbsent(field, of(property.getValue(), field, depth + 1));
            }
        });
        if (style != Style.BROKEN
                && fields.size() < schema.path("minProperties").asInt(0)) {
            String field = pick(List.copyOf(schema.path("properties").propertyNames()));
            fields.put(field, of(schema.path("properties").path(field), field, depth + 1));
        }
        JsonNode more = schema.path("additionalProperties");
        if (more.isObject()) {
            for (int i = random.nextInt(4); i > 0; i--) {
                fields.put(style == Style.BROKEN ? pick(TEXTS) : "key" + i, of(more, "", depth + 1));
            }
        }
    }

    private static Set<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).collect(Collectors.toSet());
    }

    private String array(JsonNode schema, String name, int depth) {
        int least = schema.path("minItems").asInt(0);
        int most = Math.min(schema.path("maxItems").asInt(3), 40);
        int size = style == Style.BOUNDARY ? (random.nextBoolean() ? least : most) : least + random.nextInt(3);
        if (depth >= DEEPEST) {
            size = least;
        }
        return IntStream.range(0, size)
                .mapToObj(i -> of(schema.path("items"), name + "[]", depth + 1))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private double number(JsonNode schema, boolean whole) {
        double least = schema.path("minimum").asDouble(-1000);
        double most = schema.path("maximum").asDouble(Math.max(1000, least));
        if (style == Style.BOUNDARY) {
            return random.nextBoolean() ? least : most;
        }
        if (style == Style.BROKEN && random.nextInt(6) == 0) {
            double step = whole ? 1 : Math.max(Math.abs(least) * 1e-9, 1e-30);
            return random.nextBoolean() ? least - step : most + Math.max(step, Math.ulp(most));
        }
        double range = Math.min(most - least, 10);
        return whole ? least + random.nextInt((int) range + 1) : least + random.nextDouble() * range;
    }

    private String string(JsonNode schema) {
        int least = schema.path("minLength").asInt(0);
        int most = schema.path("maxLength").asInt(100);
        if (schema.has("pattern")) {
            return style == Style.BROKEN && random.nextInt(4) == 0 ? pick(TEXTS) : matching(schema);
        }
        return switch (style) {
            case VALID -> "a" + random.nextInt(100);
            case BOUNDARY ->
                pick(List.of("a", "\u00e4", "\u65e5", "\ud83d\ude00")).repeat(random.nextBoolean() ? least : most);
            case BROKEN -> random.nextBoolean() ? "a".repeat(most + 1) : pick(TEXTS);
        };
    }

    /** Short strings do for all patterns of the contract. */
    private String matching(JsonNode schema) {
        Pattern pattern = Pattern.compile(schema.get("pattern").asString());
        return MATCHING.stream()
                .filter(candidate -> pattern.matcher(candidate).find())
                .findFirst()
                .orElse("a");
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }
}
