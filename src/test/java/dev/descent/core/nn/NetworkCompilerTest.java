package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.descent.core.nn.layer.BatchColumns;
import dev.descent.core.nn.layer.LayerSpec;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Cases not covered by NetworkSpecTest: edge cases, and several violations at once. */
class NetworkCompilerTest {

    private static final LayerSpec DENSE = new LayerSpec.DenseSpec(4);
    private static final LayerSpec ADD = new LayerSpec.AddSpec();
    private static final LayerSpec MULTIPLY = new LayerSpec.MultiplySpec();

    @Test
    void aNodeMayNotBeItsOwnInput() {
        assertThat(violations("a", node("a", DENSE, "a")))
                .containsExactly(new NetworkViolation(0, "inputs", "\"a\" lies on or behind a cycle"));
    }

    @Test
    void whatStandsBeforeACycleIsNotBlamed() {
        assertThat(violations(
                        "d",
                        node("a", DENSE, "input"),
                        node("b", ADD, "a", "c"),
                        node("c", DENSE, "b"),
                        node("d", DENSE, "c")))
                .extracting(NetworkViolation::node)
                .containsExactly(1, 2, 3);
    }

    @Test
    void theNumberOfInputsIsCheckedAtBothEnds() {
        assertThat(violations("a", node("a", DENSE))).containsExactly(violation("dense takes 1 input, got 0"));
        assertThat(violations("a", node("a", DENSE, "input", "input")))
                .containsExactly(violation("dense takes 1 input, got 2"));
        assertThat(violations("a", node("a", MULTIPLY, "input")))
                .containsExactly(violation("multiply takes 2 inputs, got 1"));
        assertThat(violations("a", node("a", MULTIPLY, "input", "input", "input")))
                .containsExactly(violation("multiply takes 2 inputs, got 3"));
        assertThat(violations("a", new NodeSpec("a", ADD, Collections.nCopies(65, "input"))))
                .containsExactly(violation("add takes 2 to 64 inputs, got 65"));
        assertThat(new NetworkSpec(List.of(new NodeSpec("a", ADD, Collections.nCopies(64, "input"))), "a")
                        .wire(3)
                        .outputWidth())
                .isEqualTo(3);
    }

    /** The batch has 3 to 6 columns. */
    @Test
    void widthsThatMayFitAreNotRefusedAndThoseThatCanNotAre() {
        BatchColumns narrowest = BatchColumns.numeric(3);
        BatchColumns widest = BatchColumns.numeric(6);
        NetworkSpec mayFit = new NetworkSpec(List.of(node("a", DENSE, "input"), node("b", ADD, "input", "a")), "b");
        NetworkSpec canNot = new NetworkSpec(
                List.of(
                        node("a", DENSE, "input"),
                        node("b", new LayerSpec.DenseSpec(5), "input"),
                        node("c", ADD, "a", "b")),
                "c");

        Wiring wiring = mayFit.wireBetween(narrowest, widest);

        assertThat(wiring.parameterCount()).isEqualTo(4 * 6 + 4);
        assertThat(wiring.outputWidth()).isBetween(mayFit.wire(4).outputWidth(), 6);
        assertThat(catchThrowableOfType(InvalidNetworkException.class, () -> canNot.wireBetween(narrowest, widest))
                        .violations())
                .isEqualTo(violations("c", canNot.nodes().toArray(NodeSpec[]::new)));
    }

    private static NetworkViolation violation(String detail) {
        return new NetworkViolation(0, "inputs", detail);
    }

    @Test
    void everyWidthThatDoesNotFitIsNamedWithAllWidths() {
        assertThat(violations(
                        "last",
                        node("a", new LayerSpec.DenseSpec(5), "input"),
                        node("b", new LayerSpec.DenseSpec(6), "input"),
                        node("sum", ADD, "a", "b", "a"),
                        node("product", MULTIPLY, "b", "input"),
                        node("c", new LayerSpec.DenseSpec(2), "sum"),
                        node("d", new LayerSpec.DenseSpec(2), "product"),
                        node("last", ADD, "c", "d")))
                .containsExactly(
                        new NetworkViolation(2, "inputs", "inputs of add need the same width, got [5, 6, 5]"),
                        new NetworkViolation(3, "inputs", "inputs of multiply need the same width, got [6, 3]"));
    }

    @Test
    void everyUnusedNodeIsNamedEvenWhereAnotherUnusedOneUsesIt() {
        assertThat(violations("a", node("a", DENSE, "input"), node("b", DENSE, "a"), node("c", DENSE, "b")))
                .containsExactlyInAnyOrder(
                        new NetworkViolation(1, "", "nothing uses the output of \"b\""),
                        new NetworkViolation(2, "", "nothing uses the output of \"c\""));
        assertThat(violations("input", node("a", DENSE, "input")))
                .containsExactly(new NetworkViolation(0, "", "nothing uses the output of \"a\""));
    }

    @Test
    void namesDifferInCase() {
        assertThat(new NetworkSpec(List.of(node("A", DENSE, "input"), node("a", DENSE, "A")), "a")
                        .wire(3)
                        .nodes())
                .hasSize(2);
    }

    @Test
    void aNameUsedThreeTimesIsReportedAtTheSecondAndTheThird() {
        assertThat(violations("x", node("x", DENSE, "input"), node("x", DENSE, "input"), node("x", DENSE, "input")))
                .containsExactly(
                        new NetworkViolation(1, "name", "the name \"x\" is used twice"),
                        new NetworkViolation(2, "name", "the name \"x\" is used twice"));
    }

    @Test
    void aNetworkWithoutNodesIsTheBatchItself() {
        Wiring wiring = NetworkSpec.sequence(List.of()).wire(3);
        assertThat(wiring.output()).isEqualTo(-1);
        assertThat(wiring.outputWidth()).isEqualTo(3);
        assertThat(wiring.parameterCount()).isZero();
    }

    @Test
    void aNodeMayBeCalledOutput() {
        NetworkSpec spec = new NetworkSpec(
                        List.of(node("output", DENSE, "input"), node("output_", DENSE, "output")), "output_")
                .withOutput(2);
        assertThat(spec.output()).isEqualTo("output__");
        assertThat(spec.wire(3).outputWidth()).isEqualTo(2);
    }

    @Test
    void aLongChainIsWired() {
        List<NodeSpec> nodes = IntStream.range(0, 1_000)
                .mapToObj(i -> node("n" + i, DENSE, i == 999 ? "input" : "n" + (i + 1)))
                .toList();
        Wiring wiring = new NetworkSpec(nodes, "n0").wire(3);
        assertThat(wiring.nodes()).hasSize(1_000);
        assertThat(wiring.nodes().get(0).spec().name()).isEqualTo("n999");
        assertThat(wiring.output()).isEqualTo(999);
    }

    private static List<NetworkViolation> violations(String output, NodeSpec... nodes) {
        NetworkSpec spec = new NetworkSpec(List.of(nodes), output);
        InvalidNetworkException invalid = catchThrowableOfType(InvalidNetworkException.class, () -> spec.wire(3));
        assertThat(invalid).hasMessageStartingWith(invalid.violations().get(0).detail());
        return invalid.violations();
    }

    private static NodeSpec node(String name, LayerSpec layer, String... inputs) {
        return new NodeSpec(name, layer, List.of(inputs));
    }
}
