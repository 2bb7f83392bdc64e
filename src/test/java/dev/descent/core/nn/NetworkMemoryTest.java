package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.layer.BatchColumn;
import dev.descent.core.nn.layer.BatchColumns;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.layer.Pass;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The predicted memory of a network equals what it allocates, to the byte. */
class NetworkMemoryTest {

    private static final int ROWS = 16;
    private static final int WIDTH = 400;

    static List<List<NodeSpec>> graphs() {
        LayerSpec dense = new LayerSpec.DenseSpec(WIDTH);
        LayerSpec relu = new LayerSpec.ReluSpec();
        return List.of(
                List.of(node("a", dense, "input"), node("out", dense, "a")),
                List.of(
                        node("a", LayerSpec.EmbeddingSpec.DEFAULT, "input"),
                        node("b", new LayerSpec.ColumnsSpec(List.of("amounts")), "input"),
                        node("out", new LayerSpec.ConcatenateSpec(), "a", "b")),
                List.of(
                        node("a", dense, "input"),
                        node("b", LayerSpec.BatchNormalizationSpec.DEFAULT, "a"),
                        node("c", LayerSpec.LayerNormalizationSpec.DEFAULT, "b"),
                        node("d", LayerSpec.DropoutSpec.DEFAULT, "c"),
                        node("out", relu, "d")),
                // Nothing before "a" has parameters, so it receives no gradient; the two gradients of "b" are added up.
                List.of(
                        node("a", relu, "input"),
                        node("b", dense, "a"),
                        node("c", new LayerSpec.AddSpec(), "a", "b"),
                        node("d", new LayerSpec.MultiplySpec(), "c", "b"),
                        node("out", new LayerSpec.AddSpec(), "d", "d", "a")));
    }

    private static NodeSpec node(String name, LayerSpec layer, String... inputs) {
        return new NodeSpec(name, layer, List.of(inputs));
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void itIsWhatTheNetworkAllocates(List<NodeSpec> nodes) {
        boolean embeds = new NetworkSpec(nodes, "out").embeds("levels");
        Wiring wiring = new NetworkSpec(nodes, "out")
                .wire(new BatchColumns(List.of(
                        new BatchColumn("levels", 1, embeds ? 3 : 0), new BatchColumn("amounts", WIDTH - 1, 0))));
        for (int teamSize = 1; teamSize <= 6; teamSize++) {
            NetworkMemory memory = NetworkMemory.of(wiring, teamSize, ROWS);
            try (Matrix batch = Matrix.zeros(Precision.FLOAT32, ROWS, wiring.inputWidth());
                    Matrix gradient = Matrix.zeros(Precision.FLOAT32, ROWS, wiring.outputWidth());
                    ThreadTeam team = new ThreadTeam(teamSize, Precision.FLOAT32)) {
                long before = Matrix.bytesHeld();
                Network network = new Network(team, wiring, Precision.FLOAT32, ROWS, Network.Purpose.TRAINING);
                try (network) {
                    network.forward(Pass.training(node -> new SplittableRandom(node)), batch);
                    assertThat(numbersSince(before))
                            .isEqualTo(wiring.parameterCount() + wiring.stateCount() + ROWS * memory.forward());
                    network.backward(gradient);
                    assertThat(numbersSince(before))
                            .isEqualTo(2 * wiring.parameterCount()
                                    + wiring.stateCount()
                                    + ROWS * (memory.forward() + memory.backward()));
                }
                network.parameters().close();
                assertThat(numbersSince(before)).isZero();
            }
        }
    }

    private static long numbersSince(long before) {
        return (Matrix.bytesHeld() - before) / Precision.FLOAT32.bytes();
    }
}
