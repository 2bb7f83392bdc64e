package dev.descent.fuzz;

import java.util.List;
import java.util.Map;

/** Values that fit the iris data, so that requests come as far as to it, and jobs that end soon. */
final class Fitting {

    private static final String COLUMNS = "[\"sepal_length\",\"sepal_width\",\"petal_length\",\"petal_width\"]";
    private static final String ROW =
            "{\"sepal_length\":5.1,\"sepal_width\":3.5,\"petal_length\":1.4,\"petal_width\":null}";

    private Fitting() {}

    static Map<String, List<String>> to(String dataset) {
        return Map.ofEntries(
                Map.entry("dataset", List.of(Values.quoted(dataset))),
                Map.entry("target", List.of("\"species\"", "\"sepal_length\"", "[\"petal_width\"]", "null")),
                Map.entry("task", List.of("null")),
                Map.entry("features", List.of(COLUMNS, "null", "[\"petal_length\"]")),
                Map.entry("weight_column", List.of("null", "\"petal_width\"")),
                Map.entry("column", List.of("\"species\"")),
                Map.entry("columns", List.of("\"sepal_length\"", COLUMNS)),
                Map.entry("units", List.of("1", "8")),
                Map.entry("nodes", List.of("[{\"name\":\"a\",\"type\":\"relu\",\"inputs\":[\"input\"]}]")),
                Map.entry("output", List.of("\"a\"")),
                Map.entry("epochs", List.of("1", "2")),
                Map.entry("steps", List.of("1", "null")),
                Map.entry("max_runtime_seconds", List.of("0.001", "0.5")),
                Map.entry("class_weights", List.of("\"balanced\"", "{\"setosa\":2}", "null")),
                Map.entry("model", List.of("\"fuzzed\"", "null")),
                Map.entry("row", List.of(ROW)),
                Map.entry("delimiter", List.of("\",\"", "\"auto\"")),
                Map.entry("quote", List.of("\"\\\"\"")),
                Map.entry("escape", List.of("\"\\\\\"")),
                Map.entry("comment", List.of("\"#\"")),
                Map.entry("header", List.of("true")),
                Map.entry("encoding", List.of("\"utf-8\"")),
                Map.entry("ragged", List.of("\"pad\"")),
                Map.entry("duplicate_names", List.of("\"number\"")),
                Map.entry("decimal", List.of("\".\"")),
                Map.entry("thousands", List.of("\"_\"")),
                Map.entry("percent", List.of("false")),
                Map.entry("currency", List.of("false")),
                Map.entry("missing_values", List.of("[\"\",\"NA\"]")),
                Map.entry("rows", List.of("[" + ROW + "]", "[" + ROW + "," + ROW + "]")),
                Map.entry("dataframe_split", List.of("{\"columns\":" + COLUMNS + ",\"data\":[[5.1,3.5,1.4,\"NA\"]]}")),
                Map.entry(
                        "expression",
                        List.of("\"x * y + 2\"", "\"log(x)\"", "\"2 ^ 0.5\"", "\"((((\"", "\"exp(exp(exp(x)))\"")),
                Map.entry("values", List.of("{\"x\":1,\"y\":-2.5}", "{\"x\":0}", "{}")),
                Map.entry("owner", List.of("\"admin\"")),
                Map.entry("status", List.of("\"succeeded\"", "\"queued\"")),
                Map.entry("Prefer", List.of("\"wait=0\"")),
                Map.entry("Range", List.of("\"bytes=0-9\"", "\"bytes=9-\"")),
                Map.entry("If-Match", List.of("\"*\"", "\"W/\\\"7\\\"\"")),
                Map.entry("If-None-Match", List.of("\"*\"", "\"\\\"7\\\"\"")),
                Map.entry("Idempotency-Key", List.of("\"a\"", "\"b\"", "\"c\"")),
                Map.entry("actual", List.of("\"setosa\"")),
                Map.entry("predicted", List.of("\"setosa\"")),
                Map.entry("by", List.of("\"sepal_length\"", "\"species\"")),
                Map.entry("version", List.of("1")));
    }
}
