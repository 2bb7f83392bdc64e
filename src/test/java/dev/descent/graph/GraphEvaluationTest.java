package dev.descent.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@DescentTest
class GraphEvaluationTest {

    private static final String APPLES_AND_ORANGES = """
            {"expression": "(apple * apple_count + orange * orange_count) * tax",
             "values": {"apple": 100, "apple_count": 2, "orange": 150, "orange_count": 3, "tax": 1.1},
             "numeric_check": true}""";

    private DescentClient client;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        client = new DescentClient(port);
    }

    @Test
    void answersWithValueGradientsAndEveryNode() {
        JsonNode answer = evaluate(APPLES_AND_ORANGES);

        assertThat(answer.get("value").asDouble()).isCloseTo(715, within(1e-9));
        assertThat(answer.get("gradients").propertyNames())
                .containsExactly("apple", "apple_count", "orange", "orange_count", "tax");
        assertThat(answer.at("/gradients/apple").asDouble()).isCloseTo(2.2, within(1e-9));
        assertThat(answer.at("/gradients/orange_count").asDouble()).isCloseTo(165, within(1e-9));
        assertThat(answer.get("nodes")).hasSize(9);
        assertThat(answer.at("/nodes/0").toString())
                .isEqualTo("{\"id\":0,\"op\":\"variable\",\"name\":\"apple\",\"value\":100.0,\"gradient\":2.2}");
        assertThat(answer.at("/nodes/2").toString())
                .isEqualTo("{\"id\":2,\"op\":\"multiply\",\"inputs\":[0,1],\"value\":200.0,"
                        + "\"local_gradients\":[2.0,100.0],\"gradient\":1.1}");
        assertThat(answer.get("warnings")).isEmpty();
    }

    @Test
    void addsTheNumericCheckOnRequestOnly() {
        JsonNode checked = evaluate(APPLES_AND_ORANGES);
        JsonNode unchecked = evaluate("{\"expression\": \"x\", \"values\": {\"x\": 1}}");

        checked.get("gradients")
                .properties()
                .forEach(gradient -> assertThat(checked.get("numeric_gradients")
                                .get(gradient.getKey())
                                .asDouble())
                        .isCloseTo(gradient.getValue().asDouble(), within(1e-6)));
        assertThat(checked.get("largest_difference").asDouble()).isBetween(0.0, 1e-6);
        assertThat(unchecked.propertyNames()).containsExactly("value", "gradients", "nodes", "warnings");
    }

    @Test
    void aConstantHasAValueAndNoGradient() {
        JsonNode answer = evaluate("{\"expression\": \"2 * x\", \"values\": {\"x\": 3}}");

        assertThat(answer.at("/nodes/0").toString()).isEqualTo("{\"id\":0,\"op\":\"constant\",\"value\":2.0}");
        assertThat(answer.at("/nodes/2/local_gradients").toString()).isEqualTo("[null,2.0]");
    }

    @Test
    void anExpressionWithoutVariablesNeedsNoValues() {
        JsonNode answer = evaluate("{\"expression\": \"2^-1\", \"numeric_check\": true}");

        assertThat(answer.get("value").asDouble()).isEqualTo(0.5);
        assertThat(answer.get("gradients")).isEmpty();
        assertThat(answer.get("numeric_gradients")).isEmpty();
        assertThat(answer.get("largest_difference").asDouble()).isZero();
    }

    @Test
    void aNumberThatIsNotFiniteIsNullAndBesideItStandsWhy() {
        JsonNode answer =
                evaluate("{\"expression\": \"log(x) + y\", \"values\": {\"x\": 0, \"y\": 1}, \"numeric_check\": true}");

        assertThat(answer.get("value").isNull()).isTrue();
        assertThat(answer.at("/gradients/x").isNull()).isTrue();
        assertThat(answer.at("/gradients/y").isNull()).isTrue();
        assertThat(answer.at("/numeric_gradients/x").isNull()).isTrue();
        assertThat(answer.get("largest_difference").isNull()).isTrue();
        assertThat(answer.at("/nodes/1/value").isNull()).isTrue();
        assertThat(answer.at("/nodes/1/warnings").toString()).contains("log(0.0) is infinite");
        assertThat(answer.get("warnings").toString())
                .contains("{\"node\":1,\"detail\":\"The value is null: log(0.0) is infinite\"}")
                .contains("{\"node\":0,\"detail\":\"The gradient is null: the gradient of node 1, which uses it,")
                .contains("{\"node\":3,\"detail\":\"The gradient is null: the node has no finite value\"}")
                .contains("{\"node\":3,\"detail\":\"The value is null: the value of node 1 is not finite\"}")
                .contains("The numeric gradient is null");
    }

    @Test
    void theGradientTakenAtAKinkIsNamed() {
        JsonNode answer = evaluate("{\"expression\": \"relu(x)\", \"values\": {\"x\": 0}}");

        assertThat(answer.at("/gradients/x").asDouble()).isZero();
        assertThat(answer.at("/warnings/0/detail").asString())
                .isEqualTo("relu(0.0) has no derivative here; 0.0 is used");
    }

    @Test
    void allFaultsComeAtOnce() {
        JsonNode problem = problem("""
                {"expression": "apple * tax + kiwi", "values": {"apple": "cheap", "pear": 1, "kiwi": 1e999},
                 "numeric_check": "yes", "extra": 1}""");

        assertThat(problem.get("errors"))
                .extracting(violation -> violation.get("pointer").asString())
                .containsExactlyInAnyOrder(
                        "#/values/apple",
                        "#/values/kiwi",
                        "#/numeric_check",
                        "#/extra",
                        "#/values/tax",
                        "#/values/pear");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"expression": ""}                               | #/expression | expression is empty
                    {"expression": "x +", "values": {"x": 1}}        | #/expression | expression has the end at position 4; accepted: a number
                    {"expression": 3}                                | #/expression | expression is 3; accepted: a string
                    {}                                               | #/expression | expression is required
                    []                                               | #            | the body is an array; accepted: an object
                    {"expression": "x"}                              | #/values/x   | x has no value
                    {"expression": "x", "values": null}              | #/values/x   | x has no value
                    {"expression": "x", "values": [1]}               | #/values     | values is [1]; accepted: an object
                    {"expression": "x", "values": {"x": null}}       | #/values/x   | x is null; accepted: a finite number
                    {"expression": "x", "values": {"x": "NaN"}}      | #/values/x   | x is "NaN"; accepted: a finite number
                    {"expression": "1", "values": {"a/b": 1}}        | #/values/a~1b | a/b is not a variable of the expression
                    """)
    void aFaultSaysWhereItIsAndWhatIsAccepted(String body, String pointer, String detail) throws Exception {
        JsonNode problem = problem(body);

        assertThat(problem.get("errors")).hasSize(1);
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(problem.at("/errors/0/detail").asString()).startsWith(detail);
    }

    @Test
    void anIntegerBeyondTheRangeOfADoubleIsAFault() {
        JsonNode problem = problem("{\"expression\": \"x\", \"values\": {\"x\": 1" + "0".repeat(400) + "}}");

        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("#/values/x");
    }

    @Test
    void halfACharacterIsAFaultToo() {
        JsonNode problem = problem("{\"expression\": \"1 + \\ud83d\", \"values\": {}}");

        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("#/expression");
    }

    @Test
    void aLongNameIsCutBetweenCharacters() {
        for (int length = 70; length < 90; length++) {
            String name = "n".repeat(length) + "\ud83c\udf4e".repeat(10);
            JsonNode problem = problem(
                    "{\"expression\": \"1\", \"values\": {\"%s\": 1, \"x%s\": \"%s\"}}".formatted(name, name, name));

            assertThat(problem.get("errors")).hasSize(3);
        }
    }

    @Test
    void neitherRandomTextsNorDamagedExpressionsGiveAnythingBut200Or422() {
        Random random = new Random(5);
        long start = System.nanoTime();
        int evaluated = 0;
        for (int i = 0; i < 500; i++) {
            ObjectNode body = JsonMapper.shared().createObjectNode();
            body.put("expression", i % 2 == 0 ? randomText(random) : damaged(random));
            body.put("numeric_check", random.nextBoolean());
            body.putObject("values").put("x", random.nextGaussian()).put("y", 0).put("z", 1e300);
            DescentClient.Answer answer = post(body.toString());
            assertThat(answer.status()).as("%s gives %s", body, answer.text()).isIn(200, 422);
            evaluated += answer.status() == 200 ? 1 : 0;
        }
        assertThat(evaluated).isPositive();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }

    private static String randomText(Random random) {
        String alphabet = "xyz012.eE+-*/^() sincoexplgabt\u00a0\u00d7\u2212\ud83c\udf4e\"\\\n\t";
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(60);
        for (int i = 0; i < length; i++) {
            text.append(
                    random.nextInt(20) == 0
                            ? (char) random.nextInt(Character.MAX_VALUE)
                            : alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** A valid expression in x, y and z with one character removed, doubled or replaced. */
    private static String damaged(Random random) {
        List<String> whole = List.of(
                "(x + y) * sigmoid(z) - x^2 / 3",
                "-tanh(x * y - log(z)) / (1 + exp(-x))",
                "sqrt(abs(x)) ^ -y + relu(z - 1.5e3) * x",
                "x*y*z + sin(cos(x*y*z)) - (x*y*z)^0.5");
        StringBuilder text = new StringBuilder(whole.get(random.nextInt(whole.size())));
        int index = random.nextInt(text.length());
        switch (random.nextInt(3)) {
            case 0 -> text.deleteCharAt(index);
            case 1 -> text.insert(index, text.charAt(index));
            default -> text.setCharAt(index, "x+-*/^()1. e".charAt(random.nextInt(12)));
        }
        return text.toString();
    }

    @Test
    void theLargestExpressionsAreAnsweredQuickly() {
        List<String> names = new ArrayList<>();
        ObjectNode body = JsonMapper.shared().createObjectNode();
        ObjectNode values = body.putObject("values");
        for (int i = 0; i < 500; i++) {
            names.add("v" + i);
            values.put("v" + i, i * 0.01);
        }
        body.put("expression", String.join(" * ", names)).put("numeric_check", true);
        long start = System.nanoTime();

        JsonNode answer = evaluate(body.toString());

        assertThat(answer.get("nodes")).hasSize(999);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private JsonNode evaluate(String body) {
        return post(body).expect(200).json();
    }

    private JsonNode problem(String body) {
        DescentClient.Answer answer = post(body).expect(422);
        assertThat(answer.headers().get("Content-Type")).startsWith("application/problem+json");
        return answer.json();
    }

    private DescentClient.Answer post(String body) {
        return client.post("/v1/graphs:evaluate", body);
    }
}
