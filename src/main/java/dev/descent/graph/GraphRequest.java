package dev.descent.graph;

import dev.descent.core.Name;
import dev.descent.core.graph.Graph;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A graph to evaluate.
 *
 * @param values may be omitted if the expression has no variables
 */
record GraphRequest(
        @Name("expression") Graph expression,
        @Name("values") @Nullable Values values,
        @Name("numeric_check") @Nullable Boolean numericCheck) {

    /** The values of the variables by name. */
    record Values(@Name("numbers") Map<String, Double> numbers) {}

    Map<String, Double> numbers() {
        return values == null ? Map.of() : values.numbers();
    }

    boolean wantsNumericCheck() {
        return Boolean.TRUE.equals(numericCheck);
    }
}
