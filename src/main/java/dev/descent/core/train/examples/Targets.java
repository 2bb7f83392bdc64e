package dev.descent.core.train.examples;

import dev.descent.core.Plain;
import java.util.HashSet;
import java.util.List;

/**
 * The columns to predict.
 *
 * @param names one, or several for regression
 */
public record Targets(List<String> names) implements Plain {

    public static final int MAX = 100;
    private static final int MAX_NAME = 1_000;

    public Targets {
        names = List.copyOf(names);
    }

    public static Targets ofPlain(Object value) {
        List<?> names = value instanceof List<?> list ? list : List.of(value);
        boolean texts = names.stream()
                .allMatch(name -> name instanceof String text && !text.isEmpty() && text.length() <= MAX_NAME);
        if (!texts || names.isEmpty() || names.size() > MAX || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException(
                    "the name of a column, or an array of 1 to %d different ones".formatted(MAX));
        }
        return new Targets(names.stream().map(String.class::cast).toList());
    }

    @Override
    public Object plain() {
        return names.size() == 1 ? (Object) names.get(0) : names;
    }
}
