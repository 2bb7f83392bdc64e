package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.math.Matrix;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.node.ObjectNode;

/** Every size of a network is exact, or refused by name, size and limit before any memory is taken for it. */
@DescentTest
class SizeTest {

    private static final String VALIDATE = "/v1/training-jobs:validate";
    private static final BigInteger MAX_WIDTH = BigInteger.ONE.shiftLeft(27);

    @LocalServerPort
    private int port;

    private DescentClient client;
    private String iris = "";

    @BeforeEach
    void upload() {
        client = new DescentClient(port);
        iris = client.uploadFile("src/test/resources/data/iris.csv");
    }

    /** Iris has 4 numeric features, so the width is 4 · 2ⁿ. */
    @ParameterizedTest
    @ValueSource(ints = {26, 28, 29, 30, 62, 63, 64, 999})
    void aWidthThatDoublesWithEachNodeIsRefusedAtTheFirstThatIsTooWide(int nodes) {
        String network = IntStream.range(0, nodes)
                .mapToObj(n -> "{'name':'n%d','type':'concatenate','inputs':['%s','%s']}"
                        .formatted(n, n == 0 ? "input" : "n" + (n - 1), n == 0 ? "input" : "n" + (n - 1)))
                .collect(Collectors.joining(",", "{'nodes':[", "],'output':'n%d'}".formatted(nodes - 1)));
        long held = Matrix.bytesHeld();

        for (String path : List.of(VALIDATE, "/v1/training-jobs")) {
            client.post(path, request(network))
                    .expectFault(
                            422,
                            "#/network/nodes/25",
                            "the output of \"n25\" has 268,435,456 columns",
                            "accepted: up to 134,217,728");
        }

        assertThat(Matrix.bytesHeld()).isEqualTo(held);
    }

    /** Sixty-four inputs each as wide as a layer may be, from all layers that widen. */
    @Test
    void theWidestOfEveryLayerAreCountedExactly() {
        String widest = "{'name':'d','type':'dense','units':1048576,'inputs':['input']},"
                + "{'name':'c','type':'concatenate','inputs':[%s]},".formatted("'d',".repeat(63) + "'d'");

        client.post(
                        VALIDATE,
                        request("{'nodes':[%s{'name':'e','type':'concatenate','inputs':['c','c','c']}],'output':'e'}"
                                .formatted(widest)))
                .expectFault(422, "#/network/nodes/2", "\"e\" has 201,326,592 columns");
        client.post(
                        VALIDATE,
                        request("{'nodes':[%s{'name':'e','type':'dense','units':1048576,'inputs':['c']}],'output':'e'}"
                                .formatted(widest)))
                .expectFault(422, "#/network", "The network has 70,368,753,614,851 parameters");
    }

    @Test
    void aBatchThatIsNoMatrixIsRefusedWhateverMemoryThereIs() {
        client.post(
                        VALIDATE,
                        request(
                                "{'nodes':[{'name':'d','type':'dense','units':1048576,'inputs':['input']},{'name':'wide','type':'concatenate','inputs':['d','d','d']}],'output':'wide'}"))
                .expectFault(
                        422,
                        "#/hyperparameters/batch_size",
                        "a batch of 120 rows with 3,145,728 outputs each of \"wide\" takes 377,487,360 numbers",
                        "accepted: up to 268,435,455");
    }

    /** The count of parameters of random networks of wide layers, by a computation that cannot overflow. */
    @Test
    void parametersOfRandomNetworksAreExactOrRefused() {
        Random random = new Random(15);
        int exact = 0;
        for (int i = 0; i < 150; i++) {
            RandomNetwork network = RandomNetwork.of(random);
            Answer answer = client.post(VALIDATE, request(network.json()));
            if (network.tooWide != null) {
                answer.expectFault(422, "#/network/nodes/" + network.tooWide, "columns; accepted: up to 134,217,728");
            } else if (answer.status() == 200) {
                exact++;
                assertThat(answer.json().path("parameter_count").asLong()).isEqualTo(network.parameters());
                assertThat(answer.json().path("memory_bytes").asLong()).isGreaterThan(4 * network.parameters());
            } else {
                answer.expect(422);
                assertThat(answer.text()).contains("The network has", "%,d parameters".formatted(network.parameters()));
            }
        }
        assertThat(exact).isBetween(30, 120);
    }

    /** A chain of layers whose widths are powers of two, up to far beyond any limit. */
    private static final class RandomNetwork {

        private final List<String> nodes = new ArrayList<>();
        private BigInteger width = BigInteger.valueOf(4);
        private BigInteger parameters = BigInteger.ZERO;
        private Integer tooWide;

        static RandomNetwork of(Random random) {
            RandomNetwork network = new RandomNetwork();
            int count = 1 + random.nextInt(8);
            for (int n = 0; n < count; n++) {
                network.add(n, random);
            }
            return network;
        }

        private void add(int n, Random random) {
            String input = n == 0 ? "input" : "n" + (n - 1);
            BigInteger in = width;
            switch (random.nextInt(4)) {
                case 0 -> {
                    int units = 1 << random.nextInt(21);
                    width = BigInteger.valueOf(units);
                    parameters = parameters.add(in.add(BigInteger.ONE).multiply(width));
                    node(n, "dense','units':%d,'bias':true".formatted(units), input, 1);
                }
                case 1 -> {
                    parameters = parameters.add(in.shiftLeft(1));
                    node(n, "layer_normalization'", input, 1);
                }
                case 2 -> node(n, "relu'", input, 1);
                default -> {
                    int inputs = 2 + random.nextInt(63);
                    width = in.multiply(BigInteger.valueOf(inputs));
                    node(n, "concatenate'", input, inputs);
                }
            }
            if (tooWide == null && width.compareTo(MAX_WIDTH) > 0) {
                tooWide = n;
            }
        }

        private void node(int n, String type, String input, int inputs) {
            String list =
                    IntStream.range(0, inputs).mapToObj(i -> "'" + input + "'").collect(Collectors.joining(","));
            nodes.add("{'name':'n%d','type':'%s,'inputs':[%s]}".formatted(n, type, list));
        }

        String json() {
            return "{'nodes':[%s],'output':'n%d'}".formatted(String.join(",", nodes), nodes.size() - 1);
        }

        /** With those of the output layer, for three classes. */
        long parameters() {
            return parameters
                    .add(width.add(BigInteger.ONE).multiply(BigInteger.valueOf(3)))
                    .longValueExact();
        }
    }

    /** A graph in reverse order, each node with 64 inputs, takes as many steps as it has inputs. */
    @Test
    void theOrderOfTheListOfNodesMakesNoDifference() {
        List<String> nodes = new ArrayList<>();
        for (int n = 999; n >= 0; n--) {
            String input = n == 0 ? "input" : "n" + (n - 1);
            nodes.add("{'name':'n%d','type':'add','inputs':[%s]}"
                    .formatted(n, "'input',".repeat(63) + "'" + input + "'"));
        }
        client.post(VALIDATE, request("{'nodes':[%s],'output':'n999'}".formatted(String.join(",", nodes))))
                .expect(200);
    }

    @Test
    void aMessageListsSomeOfManyColumns() {
        Set<String> columns = new HashSet<>();
        IntStream.range(0, 1_000).forEach(i -> columns.add("column" + i));
        String wide = client.uploadText(
                "wide",
                String.join(",", columns) + ",y\n"
                        + ("1,".repeat(1_000) + "2\n" + "1,".repeat(1_000) + "3\n").repeat(15));
        String layers = IntStream.range(0, 64)
                .mapToObj(n -> "{'name':'c%d','type':'columns','columns':['none'],'inputs':['input']}".formatted(n))
                .collect(Collectors.joining(","));
        String all = IntStream.range(0, 64).mapToObj(n -> "'c" + n + "'").collect(Collectors.joining(","));
        Answer answer = client.post(
                VALIDATE,
                json(
                        "{'dataset':'%s','target':'y','network':{'nodes':[%s,{'name':'end','type':'concatenate','inputs':[%s]}],'output':'end'}}",
                        wide, layers, all));

        answer.expectFault(422, "#/network/nodes/63/columns", "there is no feature \"none\"", "(1000 features)");
        assertThat(answer.bytes().length).isLessThan(100_000);
    }

    private ObjectNode request(String network) {
        return json(
                "{'dataset':'%s','target':'species','hyperparameters':{'batch_size':'all'},'network':%s}",
                iris, network);
    }
}
