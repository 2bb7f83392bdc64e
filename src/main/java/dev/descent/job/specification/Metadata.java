package dev.descent.job.specification;

import dev.descent.core.Count;
import dev.descent.problem.Violations;
import dev.descent.request.Naming;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What is true of the pairs that users give their jobs, and by which they look for them again. */
public final class Metadata {

    /** Each pair is a join where jobs are looked for by it. */
    public static final int MAX_PAIRS = 16;

    private static final int MAX_NAME_LENGTH = 64;

    private static final int MAX_VALUE_LENGTH = 512;

    private Metadata() {}

    /**
     * Adds what is wrong with single pairs; their number is checked by others.
     *
     * @param pointerTo the name of a pair → where it stands in the request
     */
    public static void check(Map<String, String> pairs, UnaryOperator<String> pointerTo, Violations violations) {
        pairs.forEach((name, value) -> {
            String pointer = pointerTo.apply(name);
            Naming.check(name, pointer, "The name", violations);
            Naming.checkText(value, false, pointer, name, violations);
            int nameLength = name.codePointCount(0, name.length());
            int valueLength = value.codePointCount(0, value.length());
            if (nameLength == 0 || nameLength > MAX_NAME_LENGTH || valueLength > MAX_VALUE_LENGTH) {
                violations.add(
                        pointer,
                        "metadata has an entry \"%.64s\" of %s with a value of %d; accepted: names of 1 to %d, values of up to %d characters"
                                .formatted(
                                        name,
                                        Count.of(nameLength, "character"),
                                        valueLength,
                                        MAX_NAME_LENGTH,
                                        MAX_VALUE_LENGTH));
            }
        });
    }
}
