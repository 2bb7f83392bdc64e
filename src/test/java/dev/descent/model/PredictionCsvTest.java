package dev.descent.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.train.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionCsvTest {

    @Test
    void amountsAreOneColumn() {
        assertThat(PredictionCsv.write(List.of(amount(1.5), amount(-2e9)))).isEqualTo("value\n1.5\n-2.0E9\n");
    }

    private static Prediction amount(double value) {
        return new Prediction.Amounts(List.of("y"), new double[] {value});
    }

    @Test
    void labelsComeWithTheProbabilityOfEachClass() {
        List<String> labels = List.of("no", "yes, \"really\"");
        Prediction first = new Prediction.Label("no", labels, new double[] {0.75, 0.25});
        Prediction second = new Prediction.Label("yes, \"really\"", labels, new double[] {0.125, 0.875});
        assertThat(PredictionCsv.write(List.of(first, second)))
                .isEqualTo("label,probability_no,\"probability_yes, \"\"really\"\"\"\n"
                        + "no,0.75,0.25\n"
                        + "\"yes, \"\"really\"\"\",0.125,0.875\n");
    }
}
