package dev.descent.dataset.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.core.Names;
import dev.descent.store.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {

    private static final int ROWS = 1_001;

    private static byte[] bytes(SampleRequest request) {
        try (InputStream in = request.open()) {
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /** The rows as cells, without the header. */
    private static List<String[]> rows(String name, int rows, double noise) {
        SampleRequest request = new SampleRequest(Names.constant(Sample.class, name), rows, noise, 3);
        return new String(bytes(request), StandardCharsets.US_ASCII)
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    private static double number(String[] row, int column) {
        return Double.parseDouble(row[column]);
    }

    /** What a machine or a Java makes of a seed must not differ from what any other does. */
    @ParameterizedTest
    @CsvSource({
        "xor, 832138513ae2f0dfcdfde1e436a22c822f9f38fc01238b20975acc6ea2109c3e",
        "circles, 974ea547891497c49b321b6ec1091073bae2a49ef885643bccab713af93d4ddb",
        "spirals, 1225702fbd6a6ec0f6e633db1e55ba1d35c45130982fb5bf9303d87c85317057",
        "moons, 93baafac7f8921d9faf18680d17c235cdac1b1d23f1c8c250807b9feab9a56fd",
        "gaussians, 131972fe0e394d15f0f09c7a8ca492130d48c58cb0928cbe1b504ddd75199064",
        "friedman, 132eda8a2732ec553e09e23f8ae13e914f93255f10cb422e8e060ef73d4605b7",
        "planes, 63a60779972ddb069a746497363b55a231da554713ebd437e618003b4885ed6a"
    })
    void aSeedGivesTheSameBytesEverywhere(String name, String sha256) {
        SampleRequest request = new SampleRequest(Names.constant(Sample.class, name), ROWS, 0.25, 20_260);

        assertThat(Sha256.of(bytes(request))).isEqualTo(sha256);
    }

    @ParameterizedTest
    @EnumSource(Sample.class)
    void aSampleHasTheRowsItWasAskedFor(Sample sample) {
        SampleRequest request = new SampleRequest(sample, ROWS, null, 1);
        long expected = sample.content() instanceof ShippedFile file ? file.rows() : ROWS;

        List<String> lines =
                new String(bytes(request), StandardCharsets.UTF_8).lines().toList();

        assertThat(lines).hasSize((int) expected + 1);
        int columns = lines.get(0).split(",").length;
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(columns));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iris", "breast_cancer", "diabetes"})
    void theTestsLearnFromWhatIsShipped(String name) throws IOException {
        SampleRequest request = new SampleRequest(Names.constant(Sample.class, name), 2, null, 0);

        assertThat(bytes(request)).isEqualTo(Files.readAllBytes(Path.of("src/test/resources/data", name + ".csv")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"circles, outer", "spirals, first", "moons, upper", "gaussians, upper"})
    void classesAreOfEqualSize(String nameAndLabel) {
        String[] parts = nameAndLabel.split(", ");
        Map<String, Long> sizes =
                rows(parts[0], ROWS, 0.1).stream().collect(Collectors.groupingBy(row -> row[2], Collectors.counting()));

        assertThat(sizes).hasSize(2).containsEntry(parts[1], (long) ROWS / 2);
    }

    @Test
    void rowsComeInRandomOrder() {
        List<String> labels = rows("moons", 100, 0).stream().map(row -> row[2]).toList();

        assertThat(labels.subList(0, 50)).contains("upper", "lower");
        assertThat(labels.subList(50, 100)).contains("upper", "lower");
    }

    @Test
    void moonsAreHalfCircles() {
        assertThat(rows("moons", 200, 0)).allSatisfy(row -> {
            boolean isUpper = row[2].equals("upper");
            double x1 = number(row, 0) - (isUpper ? 0 : 1);
            double x2 = number(row, 1) - (isUpper ? 0 : 0.5);
            assertThat(x1 * x1 + x2 * x2).isCloseTo(1, within(1e-5));
            assertThat(isUpper ? x2 : -x2).isGreaterThanOrEqualTo(-1e-6);
        });
    }

    @Test
    void circlesHaveTheirRadii() {
        assertThat(rows("circles", 200, 0))
                .allSatisfy(row -> assertThat(StrictMath.hypot(number(row, 0), number(row, 1)))
                        .isCloseTo(row[2].equals("outer") ? 1 : 0.5, within(1e-5)));
    }

    @Test
    void anArmOfASpiralIsTheOtherOneTurnedByHalf() {
        Map<String, List<List<Double>>> arms = rows("spirals", 200, 0).stream()
                .collect(Collectors.groupingBy(
                        row -> row[2],
                        Collectors.mapping(
                                row -> {
                                    double sign = row[2].equals("first") ? 1 : -1;
                                    // Without negative zeros.
                                    return List.of(sign * number(row, 0) + 0.0, sign * number(row, 1) + 0.0);
                                },
                                Collectors.toList())));

        assertThat(arms.get("first")).containsExactlyInAnyOrderElementsOf(arms.get("second"));
    }

    @Test
    void xorTellsWhetherTheSignsAreTheSame() {
        assertThat(rows("xor", 500, 0)).allSatisfy(row -> {
            assertThat(row[2]).isEqualTo(number(row, 0) * number(row, 1) > 0 ? "same" : "different");
            assertThat(Math.abs(number(row, 0))).isBetween(0.3, 5.3);
        });
    }

    @Test
    void cloudsAreAroundTheirCentres() {
        List<String[]> rows = rows("gaussians", 20_000, 0.5);
        double[] upper = rows.stream()
                .filter(row -> row[2].equals("upper"))
                .mapToDouble(row -> number(row, 0))
                .toArray();
        double mean = Arrays.stream(upper).average().orElseThrow();
        double variance = Arrays.stream(upper)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();

        assertThat(mean).isCloseTo(2, within(0.1));
        assertThat(variance).isCloseTo(4, within(0.2));
    }

    @Test
    void friedmanFollowsItsFormula() {
        assertThat(rows("friedman", 200, 0)).allSatisfy(row -> {
            double[] x = IntStream.range(0, 5).mapToDouble(i -> number(row, i)).toArray();
            double expected =
                    10 * Math.sin(Math.PI * x[0] * x[1]) + 20 * (x[2] - 0.5) * (x[2] - 0.5) + 10 * x[3] + 5 * x[4];
            assertThat(number(row, 10)).isCloseTo(expected, within(1e-4));
        });
    }

    @Test
    void planesMeetInAFold() {
        assertThat(rows("planes", 200, 0))
                .allSatisfy(row -> assertThat(number(row, 2))
                        .isCloseTo((Math.abs(number(row, 0)) + number(row, 1)) / 10, within(1e-5)));
    }

    @Test
    void numbersAreWrittenInTheirShortestForm() {
        StringBuilder text = new StringBuilder();
        RowText row = new RowText(text);

        row.number(0).number(-0.0).number(-1).number(1.5).number(-0.000_001).number(12.340_000_4);
        row.end();
        row.number(-1e-9).text("a").end();

        assertThat(text).hasToString("0,0,-1,1.5,-0.000001,12.34\n0,a\n");
    }

    @Test
    void aStreamGivesTheSameHoweverItIsRead() throws IOException {
        SampleRequest request = new SampleRequest(Sample.FRIEDMAN, 2_000, null, 9);
        ByteArrayOutputStream single = new ByteArrayOutputStream();
        try (InputStream in = request.open()) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                single.write(next);
            }
            assertThat(in.read(new byte[8])).isEqualTo(-1);
        }

        assertThat(single.toByteArray()).isEqualTo(bytes(request));
    }
}
