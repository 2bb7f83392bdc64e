package dev.descent.dataset;

import dev.descent.core.Name;
import dev.descent.core.data.CellReader;
import dev.descent.core.data.CellRules;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.UploadOptions.ColumnOptions;
import dev.descent.dataset.UploadOptions.Columns;
import dev.descent.dataset.UploadOptions.General;
import dev.descent.dataset.format.LayoutOptions;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import dev.descent.request.Naming;
import dev.descent.request.SpecReader;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Parses upload options and reports all violations. */
final class UploadOptionsReader {

    /** Of the whole file; a pattern is a matter of single columns. */
    private static final Set<String> CELLS = without(SpecReader.fields(CellRules.class), "pattern");

    private static final Set<String> LAYOUT = SpecReader.fields(LayoutOptions.class);
    private static final List<String> THOUSANDS = List.of("", ".", ",", " ", "'", "_");
    private static final int LONGEST_PATTERN = 100;

    private final Violations violations = new Violations();
    private final String pointer;

    private UploadOptionsReader(String pointer) {
        this.pointer = pointer;
    }

    static UploadOptions read(JsonNode node, String pointer) {
        return new UploadOptionsReader(pointer).read(node);
    }

    private static Set<String> without(Set<String> fields, String field) {
        Set<String> rest = new LinkedHashSet<>(fields);
        rest.remove(field);
        return rest;
    }

    private static JsonNode only(JsonNode node, Set<String> fields) {
        return node instanceof ObjectNode object ? object.deepCopy().retain(fields) : node;
    }

    private UploadOptions read(JsonNode node) {
        Set<String> others = new LinkedHashSet<>(LAYOUT);
        others.addAll(CELLS);
        CellRules cells = node.isObject() ? cells(only(node, CELLS), pointer, CellRules.DEFAULT) : null;
        CellRules cellsOfFile = cells == null ? CellRules.DEFAULT : cells;
        General general = new SpecReader(violations)
                .with(Columns.class, (reader, columns, place, faults) -> columns(reader, columns, place, cellsOfFile))
                .read(node, General.class, pointer, General.DEFAULT, others);
        LayoutOptions layout = node.isObject()
                ? new SpecReader(violations)
                        .read(only(node, LAYOUT), LayoutOptions.class, pointer, LayoutOptions.DEFAULT)
                : null;
        if (layout != null) {
            check(layout);
        }
        if (general != null) {
            check(general);
        }
        violations.throwIfAny();
        if (general == null || layout == null) {
            throw new IllegalStateException("Options without a fault are complete");
        }
        return new UploadOptions(general, layout, cellsOfFile);
    }

    private void check(General general) {
        if (general.name() != null) {
            Naming.check(general.name(), place("name"), "name", violations);
        }
        if (general.description() != null) {
            Naming.checkText(general.description(), true, place("description"), "description", violations);
        }
    }

    private String place(String field) {
        return Violation.pointerTo(pointer, field);
    }

    private void check(LayoutOptions layout) {
        String delimiter = layout.delimiter();
        if (delimiter != null && !delimiter.equals(LayoutOptions.AUTO) && !canSeparate(delimiter)) {
            violations.add(
                    place("delimiter"),
                    "delimiter is \"%.20s\"; accepted: a single character that is no letter, digit, quote or line break, or \"auto\""
                            .formatted(delimiter));
        }
        checkMark("quote", layout.quote());
        checkMark("escape", layout.escape());
        checkMark("comment", layout.comment());
        List<String> marks = Stream.of(
                        delimiter == null ? "" : delimiter, layout.quote(), layout.escape(), layout.comment())
                .filter(mark -> !mark.isEmpty())
                .toList();
        if (Set.copyOf(marks).size() < marks.size()) {
            violations.add(
                    place("quote"),
                    "delimiter, quote, escape and comment are %s; accepted: a character of its own for each"
                            .formatted(String.join(" ", marks)));
        }
    }

    private static boolean canSeparate(String text) {
        return text.length() == 1
                && !Character.isLetterOrDigit(text.charAt(0))
                && !Character.isSurrogate(text.charAt(0))
                && "\"\r\n".indexOf(text.charAt(0)) < 0;
    }

    private void checkMark(String field, String mark) {
        boolean isMark = mark.length() == 1
                && !Character.isLetterOrDigit(mark.charAt(0))
                && !Character.isSurrogate(mark.charAt(0))
                && !Character.isWhitespace(mark.charAt(0));
        if (!mark.isEmpty() && !isMark) {
            violations.add(
                    place(field),
                    "%s is \"%.20s\"; accepted: a single character that is no letter, digit or space, or an empty text for none"
                            .formatted(field, mark));
        }
    }

    private @Nullable CellRules cells(JsonNode node, String place, CellRules defaults) {
        CellRules rules = new SpecReader(violations).read(node, CellRules.class, place, defaults);
        if (rules == null) {
            return null;
        }
        if (!rules.decimal().equals(".") && !rules.decimal().equals(",")) {
            violations.add(
                    Violation.pointerTo(place, "decimal"),
                    "decimal is \"%.20s\"; accepted: \".\" or \",\"".formatted(rules.decimal()));
            return null;
        }
        if (!THOUSANDS.contains(rules.thousands()) || rules.thousands().equals(rules.decimal())) {
            violations.add(
                    Violation.pointerTo(place, "thousands"),
                    "thousands is \"%.20s\"; accepted: one of . , ' _ or a space, other than decimal, or an empty text for none"
                            .formatted(rules.thousands()));
            return null;
        }
        return isPattern(rules.pattern(), place) ? rules : null;
    }

    private boolean isPattern(String pattern, String place) {
        if (pattern.isEmpty()) {
            return true;
        }
        try {
            if (pattern.length() <= LONGEST_PATTERN) {
                CellReader.formatter(pattern);
                return true;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below.
        }
        violations.add(
                Violation.pointerTo(place, "pattern"),
                "pattern is \"%.100s\"; accepted: up to %d characters, the letters of which stand for parts of a date as in dd.MM.yyyy or MM/dd/yyyy HH:mm"
                        .formatted(pattern, LONGEST_PATTERN));
        return false;
    }

    private @Nullable Columns columns(SpecReader reader, JsonNode node, String place, CellRules cellsOfFile) {
        if (!node.isObject()) {
            violations.add(place, "columns must be an object: {\"<column>\": {\"type\": \"numeric\"}}");
            return null;
        }
        Set<String> cells = SpecReader.fields(CellRules.class);
        Map<String, ColumnOptions> columns = new LinkedHashMap<>();
        node.properties().forEach(property -> {
            String at = Violation.pointerTo(place, property.getKey());
            Declared declared = reader.read(property.getValue(), Declared.class, at, Declared.NOTHING, cells);
            CellRules rules =
                    property.getValue().isObject() ? cells(only(property.getValue(), cells), at, cellsOfFile) : null;
            if (declared != null && rules != null) {
                columns.put(property.getKey(), new ColumnOptions(declared.type(), rules));
            }
        });
        return new Columns(columns);
    }

    /** What is declared about a column beside how its cells are written. */
    private record Declared(@Name("type") @Nullable ColumnType type) {

        static final Declared NOTHING = new Declared(null);
    }
}
