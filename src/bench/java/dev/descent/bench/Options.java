package dev.descent.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The options of a benchmark: {@code --name value}, or {@code --name} alone for true. */
final class Options {

    private final Map<String, String> values;

    /** @param defaults all existing options with their default values */
    Options(Map<String, String> defaults, String... arguments) {
        this.values = new HashMap<>(defaults);
        List<String> words = new ArrayList<>(List.of(arguments));
        while (!words.isEmpty()) {
            String word = words.remove(0);
            String name = word.replaceFirst("^--", "");
            if (name.equals(word) || !defaults.containsKey(name)) {
                throw new IllegalArgumentException("%s is no option; accepted, each after two dashes: %s"
                        .formatted(word, String.join(", ", new TreeSet<>(defaults.keySet()))));
            }
            boolean alone = words.isEmpty() || words.get(0).startsWith("--");
            values.put(name, alone ? "true" : words.remove(0));
        }
    }

    String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("There is no option " + name);
        }
        return value;
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }

    /** A comma-separated list of numbers. */
    List<Integer> numbers(String name) {
        return Stream.of(text(name).split(",")).map(Integer::valueOf).toList();
    }

    boolean isOn(String name) {
        return Boolean.parseBoolean(text(name));
    }
}
