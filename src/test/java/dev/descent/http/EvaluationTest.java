package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/**
 * Jobs are evaluated on any part of their datasets. The expected figures are computed here from what the model predicts
 * for the rows that a column puts into the part.
 */
@DescentTest
class EvaluationTest {

    private static final String DATA = "src/test/resources/data/";

    @LocalServerPort
    private int port;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    /** A dataset whose rows are by turns for training (6 of 10), validation (2) and the test (2). */
    private record Parted(String dataset, List<String> header, List<List<String>> rows) {

        static String part(int row) {
            return row % 10 < 6 ? "train" : row % 10 < 8 ? "validation" : "test";
        }

        List<Integer> rowsOf(String part) {
            return IntStream.range(0, rows.size())
                    .filter(row -> part(row).equals(part))
                    .boxed()
                    .toList();
        }

        String cell(int row, String column) {
            return rows.get(row).get(header.indexOf(column));
        }
    }

    private Parted upload(String file) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(DATA + file));
        List<String> parted = new ArrayList<>(List.of(lines.get(0) + ",part"));
        for (int row = 0; row < lines.size() - 1; row++) {
            parted.add(lines.get(row + 1) + "," + Parted.part(row));
        }
        return new Parted(
                client.uploadText(file, String.join("\n", parted) + "\n"),
                List.of(lines.get(0).split(",")),
                lines.stream().skip(1).map(line -> List.of(line.split(","))).toList());
    }

    private JsonNode train(Parted data, String target, String more) {
        JsonNode job = client.train(json(
                "{'dataset':'%s','target':'%s','split':{'column':'part'},'hyperparameters':{'epochs':12}%s}",
                data.dataset, target, more));
        assertThat(job.path("status").asString()).as(job.toString()).isEqualTo("succeeded");
        return job;
    }

    private JsonNode evaluation(JsonNode job, String query) {
        return client.get("/v1/training-jobs/%s/evaluation%s"
                        .formatted(job.path("id").asString(), query))
                .expect(200)
                .json();
    }

    /** What the model says about the rows of a part. */
    private List<JsonNode> predictions(JsonNode job, Parted data, String part) {
        StringBuilder csv = new StringBuilder(String.join(",", data.header)).append('\n');
        data.rowsOf(part)
                .forEach(row -> csv.append(String.join(",", data.rows.get(row))).append('\n'));
        return client.post(
                        "/v1/models/%s/predict?version=%d&extra_columns=ignore"
                                .formatted(
                                        job.at("/model/name").asString(),
                                        job.at("/model/version").asInt()),
                        "text/csv",
                        csv.toString().getBytes(StandardCharsets.UTF_8))
                .expect(200)
                .json()
                .path("predictions")
                .valueStream()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "iris.csv, species, train",
        "iris.csv, species, validation",
        "iris.csv, species, test",
        "breast_cancer.csv, diagnosis, validation"
    })
    void classesAreCountedAsPredicted(String file, String target, String part) throws IOException {
        Parted data = upload(file);
        JsonNode job = train(data, target, "");
        List<JsonNode> predictions = predictions(job, data, part);
        List<Integer> rows = data.rowsOf(part);

        JsonNode found = evaluation(job, "?split=" + part);

        assertThat(found.path("split").asString()).isEqualTo(part);
        assertThat(found.path("rows").asInt()).isEqualTo(rows.size());
        List<String> labels = found.at("/confusion_matrix/labels")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        int[][] counts = new int[labels.size()][labels.size()];
        double logLoss = 0;
        int correct = 0;
        for (int i = 0; i < rows.size(); i++) {
            String actual = data.cell(rows.get(i), target);
            String predicted = predictions.get(i).path("label").asString();
            counts[labels.indexOf(actual)][labels.indexOf(predicted)]++;
            correct += actual.equals(predicted) ? 1 : 0;
            logLoss -= Math.log(
                    predictions.get(i).path("probabilities").path(actual).asDouble());
        }
        assertThat(found.path("accuracy").asDouble()).isCloseTo((double) correct / rows.size(), within(1e-12));
        assertThat(found.path("log_loss").asDouble()).isCloseTo(logLoss / rows.size(), within(1e-9));
        for (int actual = 0; actual < labels.size(); actual++) {
            for (int predicted = 0; predicted < labels.size(); predicted++) {
                JsonNode count = found.at("/confusion_matrix/counts/%d/%d".formatted(actual, predicted));
                assertThat(count.isIntegralNumber()).isTrue();
                assertThat(count.asInt()).isEqualTo(counts[actual][predicted]);
            }
        }
        assertThat(found.path("per_class").size()).isEqualTo(labels.size());
        assertThat(found.path("roc").size()).isEqualTo(labels.size() == 2 ? 1 : labels.size());
        assertThat(found.path("thresholds").isNull()).isEqualTo(labels.size() > 2);
        assertThat(found.path("undefined").isEmpty()).isTrue();
    }

    /** The summary of the version was measured in training, from the encoded examples. */
    @ParameterizedTest
    @CsvSource({"iris.csv, species, accuracy", "iris.csv, species, log_loss", "diabetes.csv, progression, rmse"})
    void itAgreesWithTheSummaryOfTheVersion(String file, String target, String figure) {
        String dataset = client.uploadFile(DATA + file);
        JsonNode job = client.train(json(
                "{'dataset':'%s','target':'%s','split':{'seed':3},'hyperparameters':{'epochs':5}}", dataset, target));
        JsonNode summary = client.get("/v1/models/%s/versions/%d"
                        .formatted(
                                job.at("/model/name").asString(),
                                job.at("/model/version").asInt()))
                .expect(200)
                .json()
                .path("evaluation");

        for (String part : List.of("validation", "test")) {
            assertThat(evaluation(job, "?split=" + part).path(figure).asDouble())
                    .isCloseTo(summary.path(part).path(figure).asDouble(), within(1e-5));
        }
    }

    @Test
    void numbersAreMeasuredInTheirOwnUnit() throws IOException {
        Parted data = upload("diabetes.csv");
        JsonNode job = train(data, "progression", "");
        List<JsonNode> predictions = predictions(job, data, "validation");
        List<Integer> rows = data.rowsOf("validation");

        JsonNode found = evaluation(job, "");

        double squares = 0;
        double absolute = 0;
        double largest = 0;
        int worst = -1;
        for (int i = 0; i < rows.size(); i++) {
            double error = predictions.get(i).path("value").asDouble()
                    - Double.parseDouble(data.cell(rows.get(i), "progression"));
            squares += error * error;
            absolute += Math.abs(error);
            if (Math.abs(error) > largest) {
                largest = Math.abs(error);
                worst = rows.get(i);
            }
        }
        assertThat(found.path("split").asString()).isEqualTo("validation");
        assertThat(found.path("rmse").asDouble()).isCloseTo(Math.sqrt(squares / rows.size()), within(1e-9));
        assertThat(found.path("mae").asDouble()).isCloseTo(absolute / rows.size(), within(1e-9));
        JsonNode row = found.at("/targets/0/largest_errors/0");
        assertThat(row.path("row").asInt()).isEqualTo(worst);
        JsonNode shown = client.get("/v1/datasets/%s/rows?offset=%d&limit=1".formatted(data.dataset, worst))
                .expect(200)
                .json();
        assertThat(shown.at("/data/0/progression").asDouble())
                .isEqualTo(row.path("actual").asDouble());
        int counted = found.at("/residuals/bins")
                .valueStream()
                .mapToInt(bin -> bin.path("count").asInt())
                .sum();
        assertThat(counted).isEqualTo(rows.size());
    }

    /** Least squares by scikit-learn on the same parts has an RMSE of 57.0106, and the mean of the training part 79.8319. */
    @Test
    void aRegressionStandsBesideTheMeanAndLeastSquares() throws IOException {
        JsonNode found = evaluation(train(upload("diabetes.csv"), "progression", ""), "");

        JsonNode baseline = found.path("baseline");
        assertThat(baseline.at("/constant/prediction").asDouble()).isCloseTo(154.08270676691728, within(1e-9));
        assertThat(baseline.at("/constant/figures/rmse").asDouble()).isCloseTo(79.8318840087557, within(1e-9));
        assertThat(baseline.at("/linear/rows").asInt()).isEqualTo(266);
        assertThat(baseline.at("/linear/figures/rmse").asDouble()).isCloseTo(57.0106, within(0.3));
        double rmse = found.path("rmse").asDouble();
        assertThat(baseline.at("/constant/way_to_perfect/rmse").asDouble())
                .isCloseTo(1 - rmse / 79.8318840087557, within(1e-9));
        assertThat(found.at("/intervals/resamples").asInt()).isEqualTo(1_000);
        assertThat(rmse)
                .isBetween(
                        found.at("/intervals/figures/rmse/low").asDouble(),
                        found.at("/intervals/figures/rmse/high").asDouble());
    }

    /** Logistic regression by scikit-learn with the same penalty is right for 28 of these 30 rows. */
    @Test
    void aClassificationStandsBesideTheMostFrequentClassAndALinearModel() throws IOException {
        Parted data = upload("iris.csv");
        JsonNode job = train(data, "species", "");
        JsonNode found = evaluation(job, "");

        JsonNode baseline = found.path("baseline");
        assertThat(baseline.at("/constant/figures/accuracy").asDouble()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(baseline.at("/constant/figures/log_loss").asDouble()).isCloseTo(Math.log(3), within(1e-12));
        assertThat(baseline.at("/constant/figures/roc_auc").asDouble()).isEqualTo(0.5);
        assertThat(baseline.at("/linear/figures/accuracy").asDouble()).isBetween(27.5 / 30, 29.5 / 30);
        assertThat(baseline.at("/linear/figures/log_loss").asDouble()).isCloseTo(0.2233, within(0.1));
        double accuracy = found.path("accuracy").asDouble();
        assertThat(baseline.at("/constant/way_to_perfect/accuracy").asDouble())
                .isCloseTo((accuracy - 1 / 3.0) * 1.5, within(1e-9));
        assertThat(evaluation(job, "")).as("the same again").isEqualTo(found);
    }

    @Test
    void embeddedLevelsAreOneHotForTheLinearModel() throws IOException {
        Parted data = upload("bookings.csv");

        JsonNode found = evaluation(
                train(
                        data,
                        "cancelled",
                        ",'features':['city','room','lead_days'],'network':{'layers':[{'type':'embedding','column':'city','units':3},{'type':'dense','units':8},{'type':'relu'}]}"),
                "");

        assertThat(found.at("/baseline/linear/figures/accuracy").asDouble()).isBetween(0.5, 1.0);
    }

    @Test
    void reconstructionsAreMeasuredByTheirErrors() {
        String dataset = client.uploadFile(DATA + "iris.csv");
        JsonNode job = client.train(json(
                "{'dataset':'%s','task':'autoencoder','features':['sepal_length','sepal_width','petal_length'],'hyperparameters':{'epochs':5}}",
                dataset));

        JsonNode found = evaluation(job, "?split=train");

        assertThat(found.path("rows").asInt()).isEqualTo(120);
        assertThat(found.at("/baseline/linear").isNull()).isTrue();
        assertThat(found.path("anomalies").asDouble())
                .as("99 of 100 stay below")
                .isBetween(0.0083, 0.02);
        assertThat(found.at("/largest_errors/0/error").asDouble())
                .isGreaterThanOrEqualTo(found.path("threshold").asDouble());
    }

    @Test
    void whatErrorsCostMovesTheBestThreshold() throws IOException {
        Parted data = upload("breast_cancer.csv");
        JsonNode job = train(data, "diagnosis", "");

        JsonNode eager = evaluation(job, "?cost_false_negative=1000").at("/thresholds/best_cost");
        JsonNode cautious = evaluation(job, "?cost_false_positive=1000").at("/thresholds/best_cost");

        assertThat(eager.path("false_negatives").asInt()).isZero();
        assertThat(cautious.path("false_positives").asInt()).isZero();
        client.get("/v1/training-jobs/%s/evaluation?cost_false_positive=-1"
                        .formatted(job.path("id").asString()))
                .expectFault(
                        422,
                        "?cost_false_positive",
                        "cost_false_positive is -1.0; accepted: a number from 0 to 1000000000");
    }

    @Test
    void aPartThatIsNotThereIsRefused() {
        String dataset = client.uploadFile(DATA + "iris.csv");
        JsonNode job = client.train(json(
                "{'dataset':'%s','target':'species','split':{'train':0.8,'validation':0.2,'test':0},'hyperparameters':{'epochs':2}}",
                dataset));
        String address =
                "/v1/training-jobs/%s/evaluation".formatted(job.path("id").asString());

        client.get(address + "?split=test")
                .expectFault(422, "?split", "split is \"test\"", "has no such part; accepted: train, validation");
        client.get(address + "?split=other")
                .expectFault(422, "?split", "split is \"other\"; accepted: train, validation, test");
    }

    @Test
    void withoutItsDatasetOrItsModelThereIsNothingToEvaluate() {
        String dataset = client.uploadFile(DATA + "iris.csv");
        JsonNode job = client.train(
                json("{'dataset':'%s','target':'species','model':'gone','hyperparameters':{'epochs':2}}", dataset));
        String address =
                "/v1/training-jobs/%s/evaluation".formatted(job.path("id").asString());

        client.delete("/v1/datasets/" + dataset).expect(204);
        assertThat(client.get(address).expect(409).text())
                .contains("was deleted; without its rows nothing can be evaluated");
        client.delete("/v1/models/gone").expect(204);
        assertThat(client.get(address).expect(409).text()).contains("was deleted; there is nothing left to evaluate");
        client.get("/v1/training-jobs/job_none/evaluation").expect(404);
    }

    @Test
    void aJobThatHasNotSucceededIsRefused() {
        String dataset = client.uploadFile(DATA + "iris.csv");
        String job =
                client.submit(json("{'dataset':'%s','target':'species','hyperparameters':{'epochs':100000}}", dataset));
        client.act(job, "cancel").expect(200);
        client.awaitEnd(job);

        assertThat(client.get("/v1/training-jobs/%s/evaluation".formatted(job))
                        .expect(409)
                        .text())
                .contains("The status of job %s is cancelled; only a job that has succeeded can be evaluated"
                        .formatted(job));
    }

    /** Nothing reads the test part unless asked, and whoever asks is counted. */
    @Test
    void theTestPartIsSpentOnceASecondModelIsMeasuredByIt() {
        String dataset = client.uploadFile(DATA + "iris.csv");
        String request = "{'dataset':'%s','target':'species','split':{'seed':%d},'hyperparameters':{'epochs':%d}}";
        JsonNode first = client.train(json(request, dataset, 1, 2));
        JsonNode second = client.train(json(request, dataset, 1, 3));
        JsonNode elsewhere = client.train(json(request, dataset, 2, 2));

        evaluation(first, "");
        assertThat(client.job(first.path("id").asString())
                        .path("test_evaluations")
                        .asInt())
                .isZero();
        for (int looks = 1; looks <= 2; looks++) {
            JsonNode found = evaluation(first, "?split=test");
            assertThat(found.path("test_evaluations").asInt()).isEqualTo(looks);
            assertThat(found.path("test_is_spent").asBoolean(true)).isFalse();
        }
        assertThat(evaluation(elsewhere, "?split=test").path("test_is_spent").asBoolean(true))
                .as("another split")
                .isFalse();

        JsonNode found = evaluation(second, "?split=test");

        assertThat(found.path("test_evaluations").asInt()).isEqualTo(1);
        assertThat(found.path("test_is_spent").asBoolean()).isTrue();
        JsonNode shown = client.job(first.path("id").asString());
        assertThat(shown.path("test_evaluations").asInt()).isEqualTo(2);
        assertThat(shown.path("test_is_spent").asBoolean()).isTrue();
        assertThat(client.job(elsewhere.path("id").asString())
                        .path("test_is_spent")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void theRowsBehindAConfusionAreListedSurestFirst() throws IOException {
        Parted data = upload("iris.csv");
        JsonNode job = train(data, "species", "");
        String address =
                "/v1/training-jobs/%s/evaluation".formatted(job.path("id").asString());
        List<JsonNode> predictions = predictions(job, data, "train");
        List<Integer> rows = data.rowsOf("train");
        List<Integer> expected = IntStream.range(0, rows.size())
                .filter(i -> data.cell(rows.get(i), "species").equals("virginica"))
                .filter(i -> predictions.get(i).path("label").asString().equals("virginica"))
                .mapToObj(rows::get)
                .toList();

        List<JsonNode> found = new ArrayList<>();
        boolean more = true;
        while (more) {
            JsonNode page = client.get(address
                            + "/rows?split=train&actual=virginica&predicted=virginica&limit=7&offset=" + found.size())
                    .expect(200)
                    .json();
            assertThat(page.path("total").asInt()).isEqualTo(expected.size());
            page.path("data").forEach(found::add);
            more = page.path("has_more").asBoolean();
        }

        assertThat(found).extracting(row -> row.path("row").asInt()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(found).extracting(row -> -row.path("probability").asDouble()).isSorted();
        JsonNode first = found.get(0);
        assertThat(first.at("/cells/petal_length").asDouble())
                .isEqualTo(Double.parseDouble(data.cell(first.path("row").asInt(), "petal_length")));
        client.get(address + "/rows?actual=rose")
                .expectFault(422, "?actual", "actual is \"rose\"; accepted: setosa, versicolor, virginica");
        client.get(address + "/rows?limit=101").expectFault(422, "?limit", "limit is 101");
        client.get(address + "/rows?split=test").expect(200);
        assertThat(client.job(job.path("id").asString())
                        .path("test_evaluations")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void slicesAddUpToThePart() throws IOException {
        Parted data = upload("iris.csv");
        JsonNode job = train(data, "species", ",'features':['petal_length','petal_width']");

        JsonNode byClass = evaluation(job, "?split=train&by=species");
        JsonNode byNumber = evaluation(job, "?split=train&by=sepal_length");

        JsonNode whole = evaluation(job, "?split=train");
        assertThat(byClass.path("slices").size()).isEqualTo(3);
        assertThat(byNumber.path("slices").size()).isEqualTo(5);
        for (JsonNode sliced : List.of(byClass, byNumber)) {
            double correct = 0;
            int rows = 0;
            for (JsonNode slice : sliced.path("slices")) {
                rows += slice.path("rows").asInt();
                correct += slice.path("rows").asInt()
                        * slice.at("/figures/accuracy").asDouble();
                assertThat(slice.at("/intervals/resamples").asInt()).isEqualTo(1_000);
            }
            assertThat(rows).isEqualTo(90);
            assertThat(correct / rows).isCloseTo(whole.path("accuracy").asDouble(), within(1e-9));
        }
        for (JsonNode slice : byClass.path("slices")) {
            String level = slice.path("level").asString();
            JsonNode ofClass = whole.path("per_class")
                    .valueStream()
                    .filter(label -> label.path("label").asString().equals(level))
                    .findFirst()
                    .orElseThrow();
            assertThat(slice.at("/figures/accuracy").asDouble())
                    .as("the accuracy of a class is its recall")
                    .isCloseTo(ofClass.path("recall").asDouble(), within(1e-12));
        }
        client.get("/v1/training-jobs/%s/evaluation?by=colour"
                        .formatted(job.path("id").asString()))
                .expectFault(422, "?by", "by is \"colour\"; accepted: a column of the dataset that is not ignored");
    }

    @Test
    void datesAndLevelsAndEmptyCellsHaveSlices() {
        String dataset = client.uploadFile(DATA + "bookings.csv");
        JsonNode job = client.train(json(
                "{'dataset':'%s','target':'cancelled','features':['lead_days'],'hyperparameters':{'epochs':2}}",
                dataset));

        JsonNode byDate = evaluation(job, "?by=booked_on").at("/slices/0");
        assertThat(byDate.path("kind").asString()).isEqualTo("range");
        assertThat(byDate.path("from").asString()).startsWith("20");
        JsonNode byCity = evaluation(job, "?by=city").path("slices");
        assertThat(byCity.get(0).path("kind").asString()).isEqualTo("level");
        assertThat(byCity.get(0).path("rows").asInt())
                .isGreaterThanOrEqualTo(byCity.get(1).path("rows").asInt());
    }

    @Test
    void numbersHaveNoConfusion() throws IOException {
        JsonNode job = train(upload("diabetes.csv"), "progression", "");

        assertThat(client.get("/v1/training-jobs/%s/evaluation/rows"
                                .formatted(job.path("id").asString()))
                        .expect(409)
                        .text())
                .contains("is regression; only a classification has confused rows");
        assertThat(evaluation(job, "?by=bmi").at("/slices/4/figures/rmse").asDouble())
                .isPositive();
    }

    /** Its model is trained on all rows; the rows held out are in what the folds say. */
    @Test
    void aCrossValidatedModelHasATrainingPartAlone() {
        String dataset = client.uploadFile(DATA + "iris.csv");
        JsonNode job = client.train(json(
                "{'dataset':'%s','target':'species','split':{'folds':3},'hyperparameters':{'epochs':2}}", dataset));

        assertThat(evaluation(job, "?split=train").path("rows").asInt()).isEqualTo(150);
        client.get("/v1/training-jobs/%s/evaluation".formatted(job.path("id").asString()))
                .expectFault(422, "?split", "split is \"validation\"", "has no such part; accepted: train");
    }
}
