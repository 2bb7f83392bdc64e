package dev.descent.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Renders results as lines of text. */
final class Drawing {

    private static final String INK = " .:-=+*#%@";
    private static final int BAR = 30;

    private Drawing() {}

    /** True classes in rows, predicted classes in columns. */
    static List<String> confusionMatrix(JsonNode matrix) {
        List<String> labels = new ArrayList<>();
        matrix.path("labels").forEach(label -> labels.add(label.asString()));
        int width = Math.max(4, labels.stream().mapToInt(String::length).max().orElse(0) + 1);
        List<String> lines = new ArrayList<>();
        lines.add(cell("", width)
                + String.join(
                        "", labels.stream().map(label -> cell(label, width)).toList()));
        for (int label = 0; label < labels.size(); label++) {
            StringBuilder line = new StringBuilder(cell(labels.get(label), width));
            matrix.path("counts")
                    .get(label)
                    .forEach(count -> line.append(cell(count.asInt() == 0 ? "·" : count.asString(), width)));
            lines.add(line.toString());
        }
        return lines;
    }

    private static String cell(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    /** One bar per label. */
    static List<String> probabilities(JsonNode probabilities) {
        List<String> lines = new ArrayList<>();
        probabilities
                .properties()
                .forEach(entry -> lines.add(String.format(
                        Locale.ROOT,
                        "%6s  %6.2f%%  %s",
                        entry.getKey(),
                        100 * entry.getValue().asDouble(),
                        "█".repeat((int) Math.round(BAR * entry.getValue().asDouble())))));
        return lines;
    }

    /** Pixels {@code pixel_<row>_<column>} from 0 to 16, two characters each. */
    static List<String> picture(JsonNode pixels, int rows, int columns) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                double share = pixels.path("pixel_%d_%d".formatted(row, column)).asDouble() / 16;
                char ink = INK.charAt((int) Math.round(share * (INK.length() - 1)));
                line.append(ink).append(ink);
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
