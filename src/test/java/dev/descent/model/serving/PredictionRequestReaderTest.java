package dev.descent.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.descent.core.data.ColumnType;
import dev.descent.core.data.NumberEncoder;
import dev.descent.dataset.DatasetReading;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PredictionRequestReaderTest {

    @Test
    void anIntegerBeyondTheRangeOfADoubleIsAFault() {
        NumberEncoder height = new NumberEncoder("height", ColumnType.NUMERIC, 0, 0, 1, 0, 1, false, null, null);
        JsonNode body = JsonMapper.shared().readTree("{\"rows\": [{\"height\": 1%s}]}".formatted("0".repeat(400)));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new PredictionRequestReader(new ModelInputs(List.of(height), DatasetReading.DEFAULT))
                        .read(body))
                .satisfies(problem -> assertThat(problem.errors())
                        .extracting(Violation::pointer)
                        .containsExactly("#/rows/0/height"));
    }
}
