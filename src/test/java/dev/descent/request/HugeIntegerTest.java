package dev.descent.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.problem.Violations;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HugeIntegerTest {

    private static final String BEYOND_ANY_DOUBLE = "1" + "0".repeat(400);

    record Numbers(
            @Name("rate") @Bounds(min = 0, max = 1) double rate,
            @Name("count") @Bounds(min = 1, max = 9) int count) {}

    @Test
    void anIntegerBeyondTheRangeOfADoubleIsAFault() {
        JsonNode body = JsonMapper.shared().readTree("{\"rate\": %1$s, \"count\": %1$s}".formatted(BEYOND_ANY_DOUBLE));
        Violations violations = new Violations();

        Numbers numbers = new SpecReader(violations).read(body, Numbers.class, "#", null);

        assertThat(numbers).isNull();
        assertThat(violations.isEmpty()).isFalse();
    }
}
