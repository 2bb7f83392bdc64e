package dev.descent.job.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.management.ThreadMXBean;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.nn.NetworkViolation;
import dev.descent.core.nn.NodeSpec;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.train.Hyperparameters;
import dev.descent.core.train.examples.Targets;
import dev.descent.core.train.examples.Task;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import dev.descent.request.SpecReader;
import dev.descent.request.SpecWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TrainingRequestTest {

    private static final int THREADS = 2;

    private static final NetworkForm GRAPH = new NetworkForm(
            null,
            List.of(
                    new NodeSpec("a", new LayerSpec.DenseSpec(3), List.of("input")),
                    new NodeSpec("b", new LayerSpec.AddSpec(), List.of("a", "a"))),
            "b");

    static Stream<NetworkForm> networks() {
        return Stream.of(NetworkForm.USUAL, new NetworkForm(List.of(), null, null), GRAPH);
    }

    /** Measured by what a reading allocates, which is the same on every machine. */
    @Test
    void anUnknownFieldCostsNextToNothingOnceAHundredAreReported() {
        long some = bytesToRead(20_000);
        long twice = bytesToRead(40_000);

        assertThat(twice - some).isLessThan(20_000 * 500L);
    }

    private static long bytesToRead(int fields) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        IntStream.range(0, fields).forEach(i -> body.put("k" + i, 0));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        new TrainingRequestReader(new Violations(), THREADS).read(body);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aStoredSpecificationIsReadAsItWasWritten(NetworkForm network) {
        Specification specification = new Specification(
                "näme",
                "ds_1",
                new Targets(List.of("y")),
                Task.CLASSIFICATION,
                List.of("a", "b/c"),
                SplitSpec.RandomSpec.DEFAULT.resolved(true),
                PreprocessingSpec.DEFAULT,
                network,
                LossSpec.SoftmaxCrossEntropySpec.DEFAULT,
                OptimizerSpec.AdamSpec.DEFAULT,
                Hyperparameters.DEFAULT.resolved(),
                null,
                THREADS,
                -3,
                null,
                "model",
                Map.of("team", "ä"));
        String json = SpecWriter.write(specification).toString();
        Violations violations = new Violations();
        assertThat(new SpecReader(violations).read(tree(json), Specification.class, "#", null))
                .isEqualTo(specification);
        assertThat(violations.isEmpty()).isTrue();
    }

    @Test
    void twoFieldsAreEnough() {
        TrainingRequest request = read("{\"dataset\": \"ds_1\", \"target\": \"y\"}");
        assertThat(request.dataset()).isEqualTo("ds_1");
        assertThat(request.target()).isEqualTo(new Targets(List.of("y")));
        assertThat(request.network()).as("follows from the task").isNull();
        assertThat(request.optimizer()).isEqualTo(OptimizerSpec.AdamSpec.DEFAULT);
        assertThat(request.hyperparameters()).isEqualTo(Hyperparameters.DEFAULT);
        assertThat(request.split()).isEqualTo(SplitSpec.RandomSpec.DEFAULT);
    }

    @Test
    void aNetworkIsAListOfLayersOrAGraph() {
        assertThat(read(with("\"network\": {\"layers\": []}")).network().layers())
                .isEmpty();
        assertThat(read(with("""
                                "network": {"nodes": [{"name": "a", "type": "dense", "units": 3, "inputs": ["input"]},
                                                      {"name": "b", "type": "add", "inputs": ["a", "a"]}], "output": "b"}""")).network()).isEqualTo(GRAPH);
        for (String neither :
                List.of("{}", "{\"nodes\": [], \"output\": \"b\", \"layers\": []}", "{\"output\": \"b\"}")) {
            assertThat(violations(with("\"network\": " + neither)))
                    .as(neither)
                    .extracting(Violation::pointer)
                    .allMatch(pointer -> pointer.startsWith("#/network"))
                    .isNotEmpty();
        }
        assertThat(violations(with("\"network\": [1]")))
                .extracting(Violation::pointer)
                .containsExactly("#/network");
    }

    @Test
    void everyFaultOfARequestIsFoundAtOnce() {
        assertThat(violations("""
                                {"name": "", "features": ["a", 3], "split": {"train": 0.5}, "threads": 7, "foo": 1,
                                 "network": {"layers": [{"type": "dense", "units": 0}, {"type": "dance"}, {"type": "relu", "x": 1}]},
                                 "optimizer": {"type": "adam", "beta1": 1}, "loss": {"type": "hinge"},
                                 "hyperparameters": {"epochs": 3.5, "batch_size": -1, "seed": 1e20}, "metadata": {"a": 1}}"""))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder(
                        "#/dataset",
                        "#/name",
                        "#/features/1",
                        "#/split",
                        "#/threads",
                        "#/foo",
                        "#/network/layers/0/units",
                        "#/network/layers/1/type",
                        "#/network/layers/2/x",
                        "#/optimizer/beta1",
                        "#/loss/type",
                        "#/hyperparameters/epochs",
                        "#/hyperparameters/batch_size",
                        "#/hyperparameters/seed",
                        "#/metadata/a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"model\": \"-a\" | #/model",
                "\"model\": \"a/b\" | #/model",
                "\"threads\": \"all\" | #/threads",
                "\"threads\": 2.5 | #/threads",
                "\"threads\": 0 | #/threads",
                "\"threads\": 3 | #/threads",
                "\"split\": {\"train\": 1, \"test\": 1} | #/split",
                "\"split\": {\"train\": 0, \"validation\": 0, \"test\": 1} | #/split/train",
                "\"split\": {\"column\": \"\"} | #/split/column",
                "\"split\": {\"column\": 3} | #/split/column",
                "\"split\": {\"colum\": \"part\"} | #/split/colum",
                "\"split\": {\"column\": \"part\", \"train\": 0.8} | #/split",
                "\"split\": {\"column\": \"part\", \"seed\": 1} | #/split",
                "\"split\": {\"column\": \"part\", \"time\": \"t\"} | #/split",
                "\"split\": {\"time\": \"t\", \"seed\": 1} | #/split",
                "\"split\": {\"time\": \"t\", \"train\": 0.8} | #/split",
                "\"split\": {\"group\": \"g\", \"stratify\": true} | #/split",
                "\"split\": {\"group\": \"g\", \"train\": 1e-6, \"validation\": 9, \"test\": 9} | #/split/train",
                "\"split\": {\"type\": \"random\"} | #/split/type",
                "\"split\": \"random\" | #/split",
                "\"metadata\": {\"\": \"x\"} | #/metadata/",
                "\"task\": \"clustering\" | #/task"
            })
    void aFaultOfItsOwnHasItsPointer(String field, String pointer) {
        assertThat(violations(with(field))).extracting(Violation::pointer).containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"threads\": \"auto\"",
                "\"threads\": 1",
                "\"threads\": 2",
                "\"threads\": null",
                "\"model\": \"a.B_9-\"",
                "\"split\": {\"train\": 8, \"validation\": 1, \"test\": 1}",
                "\"split\": {\"seed\": 4}",
                "\"split\": {}",
                "\"split\": null",
                "\"split\": {\"column\": \"part\"}",
                "\"split\": {\"column\": \"part\", \"train\": null, \"seed\": null, \"group\": null}",
                "\"split\": {\"column\": null, \"train\": 1, \"validation\": 0, \"test\": 0}",
                "\"split\": {\"time\": \"t\"}",
                "\"split\": {\"time\": \"t\", \"train\": 8, \"validation\": 1, \"test\": 1}",
                "\"split\": {\"group\": \"g\", \"seed\": 4}",
                "\"network\": null"
            })
    void whatIsAcceptedHasNoFault(String field) {
        assertThat(violations(with(field))).isEmpty();
    }

    @Test
    void theFieldsOfASplitTellWhichFormItHas() {
        assertThat(read(with("\"split\": {\"column\": \"part\"}")).split()).isEqualTo(new SplitSpec.ColumnSpec("part"));
        assertThat(read(with("\"split\": {\"time\": \"at\"}")).split())
                .isEqualTo(new SplitSpec.TimeSpec("at", 0.8, 0.1, 0.1));
        assertThat(read(with("\"split\": {\"group\": \"customer\", \"seed\": 3}"))
                        .split())
                .isEqualTo(new SplitSpec.GroupSpec("customer", 0.8, 0.1, 0.1, 3));
        assertThat(read(with("\"split\": {\"stratify\": false}")).split())
                .isEqualTo(new SplitSpec.RandomSpec(0.8, 0.1, 0.1, false, 0));
    }

    @Test
    void aSplitOfTwoFormsIsToldAllOfThem() {
        assertThat(violations(with("\"split\": {\"column\": \"part\", \"train\": 0.8, \"sed\": 1, \"seed\": 0.5}")))
                .extracting(Violation::pointer, Violation::detail)
                .containsExactlyInAnyOrder(
                        tuple(
                                "#/split",
                                "split has column and train and seed together; accepted: {train, validation, test, stratify, seed} or {column} or {time, train, validation, test} or {group, train, validation, test, seed} or {folds, repeats, stratify, seed, group, ensemble}"),
                        tuple(
                                "#/split/sed",
                                "\"sed\" is not known here; accepted: column, ensemble, folds, group, repeats, seed, stratify, test, time, train, validation"));
    }

    @Test
    void aViolationOfTheNetworkIsPointedAtWhereTheClientWroteIt() {
        assertThat(NetworkForm.USUAL.pointerTo(new NetworkViolation(1, "inputs", "")))
                .isEqualTo("#/network/layers/1");
        assertThat(GRAPH.pointerTo(new NetworkViolation(1, "inputs/0", ""))).isEqualTo("#/network/nodes/1/inputs/0");
        assertThat(GRAPH.pointerTo(new NetworkViolation(1, "", ""))).isEqualTo("#/network/nodes/1");
        assertThat(GRAPH.pointerTo(new NetworkViolation(-1, "output", ""))).isEqualTo("#/network/output");
        assertThat(GRAPH.pointerTo(new NetworkViolation(2, "inputs/0", ""))).isEqualTo("#/network/output");
    }

    private static String with(String field) {
        return "{\"dataset\": \"ds_1\", \"target\": \"y\", %s}".formatted(field);
    }

    private static TrainingRequest read(String json) {
        Violations violations = new Violations();
        TrainingRequest request = read(json, violations);
        assertThat(list(violations)).isEmpty();
        assertThat(request).isNotNull();
        return request;
    }

    private static List<Violation> violations(String json) {
        Violations violations = new Violations();
        read(json, violations);
        return list(violations);
    }

    private static @Nullable TrainingRequest read(String json, Violations violations) {
        return new TrainingRequestReader(violations, THREADS).read(tree(json));
    }

    private static List<Violation> list(Violations violations) {
        return violations.isEmpty()
                ? List.of()
                : catchThrowableOfType(ProblemException.class, violations::throwIfAny)
                        .errors();
    }

    private static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }
}
