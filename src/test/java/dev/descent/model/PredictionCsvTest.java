package dev.descent.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.train.evaluate.Prediction;
import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionCsvTest {

    @Test
    void amountsAreOneColumn() {
        assertThat(PredictionCsv.write(List.of(amount(1.5), amount(-2e9)))).isEqualTo("value\n1.5\n-2.0E9\n");
    }

    private static Prediction amount(double value) {
        return new Prediction.Regression(List.of("y"), new double[] {value});
    }

    @Test
    void labelsComeWithTheProbabilityOfEachClass() {
        List<String> labels = List.of("no", "yes, \"really\"");
        Prediction first = new Prediction.Classification("no", labels, new double[] {0.75, 0.25});
        Prediction second = new Prediction.Classification("yes, \"really\"", labels, new double[] {0.125, 0.875});
        assertThat(PredictionCsv.write(List.of(first, second)))
                .isEqualTo("label,probability_no,\"probability_yes, \"\"really\"\"\"\n"
                        + "no,0.75,0.25\n"
                        + "\"yes, \"\"really\"\"\",0.125,0.875\n");
    }

    @Test
    void aBodyThatIsTooLongIsRefused() {
        byte[] rows = "x\n12345\n67890\n".getBytes(StandardCharsets.UTF_8);
        PredictionCsv.Body body = new PredictionCsv.Body(new ByteArrayInputStream(rows), StandardCharsets.UTF_8, 10);
        assertThatThrownBy(() -> PredictionCsv.read(body, List.of()))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem()).isEqualTo(Problem.TOO_LARGE);
                    assertThat(refused.detail()).contains("10 bytes", "descent.max-upload-size");
                });
    }
}
