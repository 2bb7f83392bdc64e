package dev.descent.job.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.Bounds;
import dev.descent.core.ByField;
import dev.descent.core.Names;
import dev.descent.core.Unwrapped;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.train.BatchSize;
import dev.descent.core.train.examples.ClassWeights;
import dev.descent.problem.Violations;
import dev.descent.request.SpecReader;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every field of a request at both of its bounds, next to them and beyond, alone and with others: a request is refused
 * with every violation, or a worker reads the specification that it became.
 */
@DescentTest
class BoundaryTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int ROUNDS = 240;

    /** Known to the data only, or read by tests of their own. */
    private static final Set<String> GIVEN =
            Set.of("dataset", "target", "task", "features", "weight_column", "network");

    @LocalServerPort
    private int port;

    private final SplittableRandom random = new SplittableRandom(22);
    private DescentClient client;
    private String iris = "";

    @BeforeEach
    void upload() {
        client = new DescentClient(port);
        iris = client.uploadFile("src/test/resources/data/iris.csv");
    }

    @Test
    void aRequestAtItsBoundsIsRefusedOrReadByAWorker() {
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            ObjectNode request = request(round % 3 == 0 ? 0.05 : 0);
            Answer answer = client.post("/v1/training-jobs:validate", request);
            if (answer.status() == 200) {
                read++;
                JsonNode specification = answer.json().path("specification");
                assertThat(faultsOfReading(specification))
                        .as(request.toString())
                        .isEmpty();
                assertThat(answer.json().path("estimated_seconds").asDouble(-1))
                        .as(request.toString())
                        .isPositive();
                if (round % 20 == 1) {
                    assertAWorkerTakes(request);
                }
            } else {
                assertThat(answer.status())
                        .as(() -> request + " → " + answer.text())
                        .isEqualTo(422);
                assertThat(answer.json().path("errors")).isNotEmpty();
            }
        }
        assertThat(read).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
    }

    @Test
    void aSplitWhoseNormalizedShareIsBelowItsBoundIsRefused() {
        client.post(
                        "/v1/training-jobs",
                        DescentClient.json(
                                "{'dataset':'%s','target':'species','split':{'train':1,'validation':1e6,'test':1e6}}",
                                iris))
                .expectFault(422, "#/split/train", "train is 1.0 of 2000001.0", "at least a millionth");
    }

    private static String faultsOfReading(JsonNode specification) {
        Violations violations = new Violations();
        Object read = new SpecReader(violations).read(specification, Specification.class, "#", null);
        return violations.isEmpty() && read != null ? "" : specification.toString();
    }

    private void assertAWorkerTakes(ObjectNode request) {
        JsonNode job = client.train(request.put("max_runtime_seconds", 0.001));
        assertThat(job.at("/error/code").asString("")).as(request.toString()).isIn("", "diverged");
        client.delete("/v1/training-jobs/" + job.path("id").asString()).expect(204);
    }

    /** @param beyond the share of values outside their bounds */
    private ObjectNode request(double beyond) {
        ObjectNode request = JSON.createObjectNode().put("dataset", iris).put("target", "species");
        add(request, TrainingRequest.class, beyond, 0.4);
        if (random.nextDouble() < 0.5) {
            ArrayNode layers = request.putObject("network").putArray("layers");
            for (int i = random.nextInt(4); i > 0; i--) {
                layers.add(variant(LayerSpec.class, beyond));
            }
        }
        return request;
    }

    private void add(ObjectNode object, Class<?> type, double beyond, double share) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.isAnnotationPresent(Unwrapped.class) || GIVEN.contains(Names.of(component))) {
                continue;
            }
            if (random.nextDouble() < share) {
                JsonNode value = value(component, beyond);
                if (value != null) {
                    object.set(Names.of(component), value);
                }
            }
        }
    }

    private JsonNode value(RecordComponent component, double beyond) {
        Class<?> type = component.getType();
        Bounds bounds = component.getAnnotation(Bounds.class);
        if (type == BatchSize.class) {
            return JSON.valueToTree(pick(List.of(1, 2, Integer.MAX_VALUE, "all", 0)));
        }
        if (type == ClassWeights.class) {
            return JSON.valueToTree(pick(List.of("balanced", Map.of("setosa", 1e6), Map.of("setosa", 0), Map.of())));
        }
        if (type == String.class) {
            return JSON.valueToTree("x".repeat((int) number(bounds, beyond, true)));
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return JSON.valueToTree((long) number(bounds, beyond, true));
        }
        if (type == double.class || type == Double.class) {
            return JSON.valueToTree(number(bounds, beyond, false));
        }
        if (type == boolean.class || type == Boolean.class) {
            return JSON.valueToTree(random.nextDouble() < 0.5);
        }
        if (type.isEnum()) {
            return JSON.valueToTree(Names.of((Enum<?>) pick(List.of(type.getEnumConstants()))));
        }
        if (type == Map.class) {
            return JSON.valueToTree(Map.of("k".repeat(64), "v".repeat(512)));
        }
        if (type == List.class) {
            return list(
                    (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0], bounds);
        }
        if (type.isSealed()) {
            return variant(type, beyond);
        }
        ObjectNode object = JSON.createObjectNode();
        add(object, type, beyond, 0.7);
        return object;
    }

    private JsonNode list(Class<?> element, Bounds bounds) {
        ArrayNode list = JSON.createArrayNode();
        for (double i = bounds == null ? 1 : bounds.min(); i > 0; i--) {
            list.add(element == String.class ? JSON.valueToTree("sepal_length") : JSON.valueToTree(i));
        }
        return list;
    }

    private ObjectNode variant(Class<?> type, double beyond) {
        Class<?> variant = pick(List.of(type.getPermittedSubclasses()));
        ObjectNode object = JSON.createObjectNode();
        if (!type.isAnnotationPresent(ByField.class)) {
            object.put("type", Names.of(variant));
        }
        add(object, variant, beyond, 1);
        return object;
    }

    private double number(Bounds bounds, double beyond, boolean whole) {
        double min = bounds == null ? 0 : bounds.min();
        double max = bounds == null ? 1 : bounds.max();
        List<Double> values = new ArrayList<>(
                whole ? List.of(min, max, min + 1, max - 1) : List.of(min, max, Math.nextUp(min), Math.nextDown(max)));
        if (random.nextDouble() < beyond) {
            values = whole ? List.of(min - 1, max + 1) : List.of(Math.nextDown(min), Math.nextUp(max), -max, 1e300);
        }
        return pick(values);
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
