package dev.descent.model.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.train.evaluate.Prediction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvPredictionsTest {

    @Test
    void amountsAreOneColumn() throws IOException {
        assertThat(csv(amount(1.5), amount(-2e9))).isEqualTo("value\n1.5\n-2.0E9\n");
    }

    private static String csv(Prediction... predictions) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PredictionOutput output = new CsvPredictions(bytes, new InputNotes(false));
        for (Prediction prediction : predictions) {
            output.write(prediction, 0);
        }
        output.end();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The label is text, and would run in a spreadsheet; the number that follows is one. */
    @Test
    void aLabelThatIsAFormulaIsText() throws IOException {
        String formula = "=HYPERLINK(\"http://evil.example\",\"setosa\")";
        List<String> labels = List.of(formula, "-1", "@a");
        assertThat(csv(
                        new Prediction.Classification(formula, labels, new double[] {1, 0, -0.0}),
                        new Prediction.Classification("-1", labels, new double[] {0, 1, 0}),
                        new Prediction.Classification("@a", labels, new double[] {0, 0, 1})))
                .isEqualTo(
                        "label,\"probability_=HYPERLINK(\"\"http://evil.example\"\",\"\"setosa\"\")\",probability_-1,probability_@a\n"
                                + "\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"setosa\"\")\",1.0,0.0,-0.0\n"
                                + "-1,0.0,1.0,0.0\n"
                                + "'@a,0.0,0.0,1.0\n");
    }

    private static Prediction amount(double value) {
        return new Prediction.Regression(List.of("y"), new double[] {value});
    }

    @Test
    void labelsComeWithTheProbabilityOfEachClass() throws IOException {
        List<String> labels = List.of("no", "yes, \"really\"");
        Prediction first = new Prediction.Classification("no", labels, new double[] {0.75, 0.25});
        Prediction second = new Prediction.Classification("yes, \"really\"", labels, new double[] {0.125, 0.875});
        assertThat(csv(first, second))
                .isEqualTo("label,probability_no,\"probability_yes, \"\"really\"\"\"\n"
                        + "no,0.75,0.25\n"
                        + "\"yes, \"\"really\"\"\",0.125,0.875\n");
    }

    @Test
    void aBodyInAnotherCharsetBecomesUtf8() throws IOException {
        String text = "größe,😀\n".repeat(5_000);
        for (Charset charset :
                List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, Charset.forName("GB18030"))) {
            InputStream body = AsUtf8.of(new ByteArrayInputStream(text.getBytes(charset)), charset);
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
        }
    }
}
