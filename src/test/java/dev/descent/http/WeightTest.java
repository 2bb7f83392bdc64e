package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Weights that leave nothing to learn from, or none that can be added up, are refused. */
@DescentTest
class WeightTest {

    private static final int ROWS = 60;

    @LocalServerPort
    private int port;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'setosa':0,'versicolor':0,'virginica':0} | class_weights are 0 for all classes; accepted: a weight above 0 for at least 2 classes",
                "{'setosa':0,'versicolor':0} | class_weights are 0 for all classes but \"virginica\"",
                "{'setosa':0.0,'versicolor':-0.0,'virginica':1e6} | all classes but \"virginica\"",
                "{'setosa':-1} | accepted: \"balanced\", or an object with a number from 0 to 1000000 per class",
                "{'setosa':1e999} | accepted: \"balanced\"",
                "{'setosa':1000001} | accepted: \"balanced\"",
                "{'setosa':'NaN'} | accepted: \"balanced\"",
                "{'setosa':null} | accepted: \"balanced\""
            })
    void classWeightsThatLeaveFewerThanTwoClassesAreRefused(String weights, String detail) {
        String iris = client.uploadFile("src/test/resources/data/iris.csv");

        client.post(
                        "/v1/training-jobs",
                        json(
                                "{'dataset':'%s','target':'species','hyperparameters':{'class_weights':%s}}",
                                iris, weights.replace('"', '\'')))
                .expectFault(422, "#/hyperparameters/class_weights", detail);
    }

    @ParameterizedTest
    @CsvSource({
        "0, is 0 in every row",
        "-1, goes down to -1.0",
        "1e300, goes up to 1.0E300",
        "1000000000001, goes up to 1.000000000001E12",
        "-1e-300, goes down to -1.0E-300"
    })
    void rowWeightsOutOfBoundsAreRefused(String weight, String detail) {
        refused(row -> weight, detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e999", "0x1p3"})
    void whatIsNoNumberIsNoWeight(String weight) {
        refused(row -> weight, "accepted: a numeric column that is not the target");
    }

    /** Which rows are in which part is known only once the data is read. */
    @Test
    void weightsThatAreZeroInAPartFailTheJobWithAReason() {
        String dataset = upload(row -> row == 0 ? "1" : "0");
        String request = "{'dataset':'%s','target':'y','weight_column':'w','hyperparameters':{'epochs':2}}";

        JsonNode job = client.train(json(request, dataset));

        assertThat(job.path("status").asString()).isEqualTo("failed");
        assertThat(job.at("/error/code").asString()).isEqualTo("invalid_data");
        assertThat(job.at("/error/pointer").asString()).isEqualTo("#/weight_column");
        assertThat(job.at("/error/message").asString()).contains("The weights are 0 in all", "part");
        client.post("/v1/training-jobs:validate", json(request, dataset))
                .expectFault(422, "#/weight_column", "The weights are 0 in all 6 rows of the validation part");
    }

    /** A weight that single precision rounds to 0 is none; all others give finite losses, a single row's too. */
    @ParameterizedTest
    @CsvSource({"1e-300, failed", "1e-40, succeeded", "1e12, succeeded", "1, succeeded"})
    void extremeWeightsGiveFiniteLosses(String weight, String status) {
        String dataset = upload(row -> row % 3 == 0 ? weight : "0");

        JsonNode job = client.train(json(
                "{'dataset':'%s','target':'y','weight_column':'w','split':{'train':1,'validation':0,'test':0},'hyperparameters':{'epochs':2,'batch_size':1}}",
                dataset));

        assertThat(job.path("status").asString()).as(job.toString()).isEqualTo(status);
        if (status.equals("succeeded")) {
            assertThat(job.at("/latest/train_loss").asDouble(Double.NaN))
                    .isPositive()
                    .isFinite();
        }
    }

    private void refused(IntFunction<String> weight, String detail) {
        client.post("/v1/training-jobs", json("{'dataset':'%s','target':'y','weight_column':'w'}", upload(weight)))
                .expectFault(422, "#/weight_column", detail);
    }

    private String upload(IntFunction<String> weight) {
        StringBuilder csv = new StringBuilder("x,y,w\n");
        for (int row = 0; row < ROWS; row++) {
            csv.append(row)
                    .append(',')
                    .append(row % 7)
                    .append(',')
                    .append(weight.apply(row))
                    .append('\n');
        }
        return client.uploadText("weights", csv.toString());
    }
}
