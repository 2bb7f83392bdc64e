package dev.descent.dataset;

import dev.descent.core.data.ColumnType;
import dev.descent.dataset.UploadOptions.ColumnOptions;
import dev.descent.dataset.UploadOptions.ColumnTypes;
import dev.descent.dataset.format.FileLayout;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import dev.descent.request.Naming;
import dev.descent.request.SpecReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Parses upload options and reports all violations. */
final class UploadOptionsReader {

    private UploadOptionsReader() {}

    static UploadOptions read(JsonNode node, String pointer) {
        Violations violations = new Violations();
        UploadOptions options = new SpecReader(violations)
                .with(ColumnTypes.class, UploadOptionsReader::columns)
                .read(node, UploadOptions.class, pointer, UploadOptions.DEFAULT);
        if (options != null && options.delimiter() != null) {
            char delimiter = options.delimiter().charAt(0);
            if (!FileLayout.DELIMITERS.contains(delimiter)) {
                violations.add(
                        Violation.pointerTo(pointer, "delimiter"),
                        "delimiter is \"%s\"; accepted: , ; | or a tab".formatted(options.delimiter()));
            }
        }
        if (options != null && options.name() != null) {
            Naming.check(options.name(), Violation.pointerTo(pointer, "name"), "name", violations);
        }
        if (options != null && options.description() != null) {
            Naming.checkText(
                    options.description(),
                    true,
                    Violation.pointerTo(pointer, "description"),
                    "description",
                    violations);
        }
        violations.throwIfAny();
        if (options == null) {
            throw new IllegalStateException("Options without a fault are complete");
        }
        return options;
    }

    private static @Nullable ColumnTypes columns(
            SpecReader reader, JsonNode node, String pointer, Violations violations) {
        if (!node.isObject()) {
            violations.add(pointer, "columns must be an object: {\"<column>\": {\"type\": \"numeric\"}}");
            return null;
        }
        Map<String, ColumnType> types = new LinkedHashMap<>();
        node.properties().forEach(property -> {
            ColumnOptions options = reader.read(
                    property.getValue(), ColumnOptions.class, Violation.pointerTo(pointer, property.getKey()), null);
            if (options != null) {
                types.put(property.getKey(), options.type());
            }
        });
        return new ColumnTypes(types);
    }
}
