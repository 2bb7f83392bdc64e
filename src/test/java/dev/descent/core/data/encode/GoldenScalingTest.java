package dev.descent.core.data.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.descent.core.data.Cell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The scalings agree with scikit-learn's. */
class GoldenScalingTest {

    private static final Path RESOURCES = Path.of("src/test/resources");

    static Stream<JsonNode> cases() {
        return JsonMapper.shared()
                .readTree(RESOURCES.resolve("preprocessing/scalings.json"))
                .path("cases")
                .valueStream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theyAgreeWithScikitLearn(JsonNode golden) throws IOException {
        double[] known =
                column(golden.path("file").asString(), golden.path("column").asString());
        double[] train = Arrays.copyOf(known, golden.path("rows").asInt());
        Arrays.sort(train);
        KnownNumbers numbers = new KnownNumbers(train, 0);
        JsonNode expected = golden.path("expected");

        check(expected.path("standardize"), known, golden, Scaling.Standardize.fit(numbers, 0));
        check(expected.path("minmax"), known, golden, Scaling.MinMax.fit(numbers));
        check(expected.path("robust"), known, golden, Scaling.Robust.fit(numbers));
        check(expected.path("log1p"), known, golden, Scaling.Log1p.fit(numbers, 0));
        check(expected.path("quantile_uniform"), known, golden, Scaling.Quantile.fit(numbers, false, true));
        check(expected.path("quantile_normal"), known, golden, Scaling.Quantile.fit(numbers, true, true));
    }

    private static void check(JsonNode expected, double[] known, JsonNode golden, Scaling scaling) {
        assertThat(expected.size()).isGreaterThan(10);
        for (int i = 0; i < expected.size(); i++) {
            double x = known[i * golden.path("every").asInt()];
            assertThat(scaling.apply(x))
                    .as("%s of %s", scaling.getClass().getSimpleName(), x)
                    .isCloseTo(expected.get(i).asDouble(), within(1e-9));
        }
    }

    private static double[] column(String file, String name) throws IOException {
        try (CsvReader<NamedCsvRecord> reader =
                CsvReader.builder().ofNamedCsvRecord(RESOURCES.resolve("data/%s.csv".formatted(file)))) {
            return reader.stream()
                    .map(row -> Objects.requireNonNull(row.getField(name)))
                    .mapToDouble(Cell::number)
                    .filter(value -> !Double.isNaN(value))
                    .toArray();
        }
    }
}
