package dev.descent.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.Name;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ExplicitNamesTest {

    private final JsonMapper json =
            JsonMapper.builder().addModule(new ExplicitNames()).build();

    record Named(@Name("how_many") int count) {}

    record Nameless(int count) {}

    @Test
    void aNameIsWrittenAndRead() {
        assertThat(json.writeValueAsString(new Named(3))).isEqualTo("{\"how_many\":3}");
        assertThat(json.readValue("{\"how_many\":3}", Named.class)).isEqualTo(new Named(3));
    }

    @Test
    void aRecordWithoutNamesIsNeitherWrittenNorRead() {
        assertThatThrownBy(() -> json.writeValueAsString(new Nameless(3))).hasMessageContaining("has no @Name");
        assertThatThrownBy(() -> json.readValue("{\"count\":3}", Nameless.class))
                .hasMessageContaining("has no @Name");
    }
}
