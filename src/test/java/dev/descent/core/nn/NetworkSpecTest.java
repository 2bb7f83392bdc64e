package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.descent.core.nn.layer.LayerSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkSpecTest {

    private static final LayerSpec DENSE = new LayerSpec.DenseSpec(4);
    private static final LayerSpec ADD = new LayerSpec.AddSpec();

    @Test
    void nodesAreOrderedByWhatTheyNeed() {
        NetworkSpec spec = new NetworkSpec(
                List.of(node("sum", ADD, "b", "a"), node("b", DENSE, "a"), node("a", DENSE, "input")), "sum");

        Wiring wiring = spec.withOutput(2).wire(3);

        assertThat(wiring.nodes()).extracting(node -> node.spec().name()).containsExactly("a", "b", "sum", "output");
        assertThat(wiring.parameterCount()).isEqualTo((3 + 1) * 4 + (4 + 1) * 4 + (4 + 1) * 2);
        assertThat(wiring.outputWidth()).isEqualTo(2);
    }

    @Test
    void everyViolationIsNamedAtItsNode() {
        assertThat(violations("x", node("x", ADD, "input"), node("x", DENSE, "nowhere"), node("input", DENSE, "x")))
                .containsExactlyInAnyOrder(
                        new NetworkViolation(0, "inputs", "add takes 2 to 64 inputs, got 1"),
                        new NetworkViolation(1, "name", "the name \"x\" is used twice"),
                        new NetworkViolation(1, "inputs/0", "there is no node \"nowhere\""),
                        new NetworkViolation(2, "name", "the name \"input\" means the batch; choose another"));
        assertThat(violations("a", node("a", ADD, "b", "input"), node("b", DENSE, "a")))
                .containsExactly(
                        new NetworkViolation(0, "inputs", "\"a\" lies on or behind a cycle"),
                        new NetworkViolation(1, "inputs", "\"b\" lies on or behind a cycle"));
        assertThat(violations("a", node("a", DENSE, "input"), node("b", DENSE, "a")))
                .containsExactly(new NetworkViolation(1, "", "nothing uses the output of \"b\""));
        assertThat(violations("sum", node("a", DENSE, "input"), node("sum", ADD, "a", "input")))
                .containsExactly(new NetworkViolation(1, "inputs", "inputs of add need the same width, got [4, 3]"));
        assertThat(violations("gone", node("a", DENSE, "input")))
                .containsExactly(new NetworkViolation(-1, "output", "there is no node \"gone\""));
    }

    private static List<NetworkViolation> violations(String output, NodeSpec... nodes) {
        NetworkSpec spec = new NetworkSpec(List.of(nodes), output);
        return catchThrowableOfType(InvalidNetworkException.class, () -> spec.wire(3))
                .violations();
    }

    private static NodeSpec node(String name, LayerSpec layer, String... inputs) {
        return new NodeSpec(name, layer, List.of(inputs));
    }
}
