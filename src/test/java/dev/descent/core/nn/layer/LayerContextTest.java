package dev.descent.core.nn.layer;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.math.ThreadTeam;
import dev.descent.core.nn.parameter.Parameters;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerContextTest {

    private static final BufferSpec OUTPUT = BufferSpec.forward("output", 3);
    private static final BufferSpec GRADIENT = BufferSpec.backward("gradient", 3);

    @Test
    void aLayerCannotTakeABufferThatWasNotDeclared() {
        assertThatIllegalStateException()
                .isThrownBy(() -> build(OUTPUT))
                .withMessage("node has no buffer \"gradient\" left; declared: [output]");
    }

    @Test
    void aLayerTakesEveryBufferThatWasDeclared() {
        assertThatIllegalStateException()
                .isThrownBy(() -> build(OUTPUT, GRADIENT, BufferSpec.forward("more", 1)))
                .withMessageContaining("took the buffers [output, gradient] of [output, gradient, more]");
    }

    @Test
    void noBufferIsTakenTwice() {
        try (LayerContext context = context(OUTPUT)) {
            context.buffer("output");
            assertThatIllegalStateException().isThrownBy(() -> context.buffer("output"));
        }
    }

    private static Layer build(BufferSpec... declared) {
        try (LayerContext context = context(declared)) {
            return context.build(new LayerSpec.ReluSpec());
        }
    }

    private static LayerContext context(BufferSpec... declared) {
        ThreadTeam team = ThreadTeam.alone(Precision.FLOAT64);
        Parameters parameters = new Parameters(team, Matrix.zeros(Precision.FLOAT64, 1, 0), 0);
        Incoming incoming = new Incoming(List.of(3), BatchColumns.numeric(3));
        return new LayerContext("node", 0, incoming, parameters, 2, List.of(declared));
    }
}
