package dev.descent.core.data.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts become what scikit-learn's TfidfVectorizer makes of them. */
class GoldenTextTest {

    private static final JsonNode GOLDEN =
            JsonMapper.shared().readTree(Path.of("src/test/resources/preprocessing/texts.json"));

    static Stream<JsonNode> cases() {
        return GOLDEN.path("cases").valueStream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theyAgreeWithScikitLearn(JsonNode golden) {
        List<String> texts = strings(GOLDEN.path("texts"));
        Tokenizer tokenizer = new Tokenizer(
                Tokenizer.Analyzer.valueOf(golden.path("analyzer").asString().toUpperCase(Locale.ROOT)),
                golden.path("min_n").asInt(),
                golden.path("max_n").asInt());
        TextCode.TfIdf code = TextCode.TfIdf.fit(tokenizer, 1_000, texts.size(), texts::get);

        assertThat(code.terms()).isEqualTo(strings(golden.path("terms")));
        for (int i = 0; i < code.terms().size(); i++) {
            assertThat(code.weights().get(i))
                    .isCloseTo(golden.at("/weights/" + i).asDouble(), within(1e-12));
        }
        golden.path("inputs").forEach(row -> check(code, row.path("text").asString(), row.path("values")));
    }

    private static void check(TextCode.TfIdf code, String text, JsonNode expected) {
        double[] inputs = new double[code.width()];
        code.encode(text, inputs, 0);
        for (int i = 0; i < inputs.length; i++) {
            assertThat(inputs[i])
                    .as("%s of \"%s\"", code.terms().get(i), text)
                    .isCloseTo(expected.path(code.terms().get(i)).asDouble(0), within(1e-12));
        }
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
