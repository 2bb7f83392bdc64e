package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.descent.core.data.split.Folds;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** Cross-validation as one job. */
@DescentTest
class CrossValidationTest {

    private static final String DATA = "src/test/resources/data/";
    private static final int IRIS = 150;
    private static final double ROUNDING = 1e-12;

    @LocalServerPort
    private int port;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    @Test
    void everyFoldOfEveryRepeatIsScoredAndThenAllRowsAreTrainedOn() {
        String id = client.submit(request(iris(), "species", "{'folds':5,'repeats':2,'seed':7}", 20));
        JsonNode job = client.awaitEnd(id);
        JsonNode summary = job.path("cross_validation");

        assertThat(job.path("status").asString()).as(job.toString()).isEqualTo("succeeded");
        assertThat(job.at("/specification/split"))
                .isEqualTo(json("{'folds':5,'repeats':2,'stratify':true,'seed':7,'ensemble':false}"));
        assertThat(summary.path("folds").asInt()).isEqualTo(5);
        assertThat(summary.path("repeats").asInt()).isEqualTo(2);
        assertThat(summary.path("done").asInt()).isEqualTo(10);
        List<JsonNode> folds = summary.path("data").valueStream().toList();
        assertThat(folds)
                .extracting(fold ->
                        List.of(fold.path("repeat").asInt(), fold.path("fold").asInt()))
                .containsExactlyElementsOf(IntStream.range(0, 10)
                        .mapToObj(fit -> List.of(1 + fit / 5, 1 + fit % 5))
                        .toList());
        assertThat(folds).allSatisfy(fold -> {
            assertThat(fold.path("train_rows").asInt()).isEqualTo(120);
            assertThat(fold.path("validation_rows").asInt()).isEqualTo(30);
            assertThat(fold.path("epochs").asInt()).isEqualTo(20);
            assertThat(fold.path("best_epoch").asInt()).isBetween(1, 20);
            assertThat(fold.path("scores").propertyNames())
                    .containsExactlyInAnyOrder("validation_loss", "validation_accuracy");
        });
        for (String name : List.of("validation_loss", "validation_accuracy")) {
            double[] scores = folds.stream()
                    .mapToDouble(fold -> fold.path("scores").path(name).asDouble())
                    .toArray();
            double mean = IntStream.range(0, 10).mapToDouble(i -> scores[i]).sum() / 10;
            double squares = IntStream.range(0, 10)
                    .mapToDouble(i -> (scores[i] - mean) * (scores[i] - mean))
                    .sum();
            assertThat(summary.path("mean").path(name).asDouble()).isEqualTo(mean, within(ROUNDING));
            assertThat(summary.path("deviation").path(name).asDouble())
                    .isEqualTo(Math.sqrt(squares / 9), within(ROUNDING));
        }
        int[] best = folds.stream()
                .mapToInt(fold -> fold.path("best_epoch").asInt())
                .sorted()
                .toArray();
        assertThat(summary.path("final_epochs").asInt()).isEqualTo((best[4] + best[5] + 1) / 2);
        assertThat(job.at("/model/version").asInt()).isPositive();
        assertThat(job.at("/best/train_loss").asDouble()).isPositive();
        int epochs = 200 + summary.path("final_epochs").asInt();
        assertThat(job.at("/progress/epoch").asInt()).isEqualTo(epochs);
        assertThat(job.at("/progress/epochs").asInt()).isEqualTo(epochs);
        assertThat(job.at("/progress/step").asInt())
                .isEqualTo(200 * 4 + 5 * summary.path("final_epochs").asInt());
        assertThat(job.at("/progress/fraction").asDouble()).isEqualTo(1);
        assertThat(job.path("progress").has("fold")).isFalse();
    }

    /** The history has every fold; the best epoch of each is scored. */
    @Test
    void epochsAreCountedWithinAFold() {
        JsonNode job = client.train(request(iris(), "species", "{'folds':3}", 10));
        String id = job.path("id").asString();
        List<JsonNode> points = client.history(id).valueStream().toList();
        int last = job.at("/cross_validation/final_epochs").asInt();

        assertThat(points).hasSize(30 + last);
        for (int fold = 1; fold <= 3; fold++) {
            int number = fold;
            List<JsonNode> own = points.stream()
                    .filter(point -> point.path("fold").asInt() == number)
                    .toList();
            assertThat(own)
                    .extracting(point -> point.path("epoch").asInt())
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 10).boxed().toList());
            JsonNode summary = job.at("/cross_validation/data").get(fold - 1);
            JsonNode best = own.get(summary.path("best_epoch").asInt() - 1);
            assertThat(best.path("validation_loss")).isEqualTo(summary.at("/scores/validation_loss"));
            assertThat(best.path("validation_accuracy")).isEqualTo(summary.at("/scores/validation_accuracy"));
        }
        assertThat(points.subList(30, points.size())).allSatisfy(point -> {
            assertThat(point.has("fold")).isFalse();
            assertThat(point.has("validation_loss")).isFalse();
        });
        List<String> csv = client.get("/v1/training-jobs/%s/metrics".formatted(id), "Accept", "text/csv")
                .expect(200)
                .text()
                .lines()
                .toList();
        assertThat(csv.get(0)).startsWith("repeat,fold,epoch,step,at,train_loss");
        assertThat(csv.get(1)).startsWith("1,1,1,4,");
        assertThat(csv.get(11)).startsWith("1,2,1,4,");
        assertThat(csv.get(31)).startsWith(",,1,5,");
        assertThat(client.get("/v1/training-jobs/%s/diagnosis".formatted(id))
                        .expect(200)
                        .json()
                        .path("object")
                        .asString())
                .isEqualTo("training.diagnosis");
    }

    /** A fold is trained like any job with the same two parts, to the bit. */
    @Test
    void aFoldIsWhatAnOrdinaryJobOfItsRowsWouldBe() throws IOException {
        String plain = iris();
        JsonNode folds = client.train(request(plain, "species", "{'folds':4,'seed':3}", 15));
        JsonNode second = folds.at("/cross_validation/data/1");
        List<List<String>> history = client.computed(folds.path("id").asString());
        List<Integer> heldOut = HeldOut.ofIris(4, 3, 1);

        String dataset = irisWith("part", row -> heldOut.contains(row) ? "validation" : "train");
        JsonNode ordinary = client.train(request(dataset, "species", "{'column':'part'}", 15));

        assertThat(ordinary.path("status").asString()).as(ordinary.toString()).isEqualTo("succeeded");
        assertThat(client.computed(ordinary.path("id").asString())).isEqualTo(history.subList(15, 30));
        assertThat(second.path("best_epoch")).isEqualTo(ordinary.at("/best/epoch"));
        assertThat(second.at("/scores/validation_loss")).isEqualTo(ordinary.at("/best/validation_loss"));
    }

    /** Nothing is held out last, and nothing of the folds is left in the weights. */
    @Test
    void theModelIsWhatAnOrdinaryJobOfAllRowsWouldBe() {
        String dataset = iris();
        JsonNode folds = client.train(request(dataset, "species", "{'folds':3,'seed':3}", 12));
        int epochs = folds.at("/cross_validation/final_epochs").asInt();

        JsonNode ordinary = client.train(request(dataset, "species", "{'train':1,'validation':0,'test':0}", epochs));

        assertThat(folds.path("weights_sha256")).isEqualTo(ordinary.path("weights_sha256"));
        assertThat(folds.path("parameter_count")).isEqualTo(ordinary.path("parameter_count"));
    }

    @Test
    void aRegressionIsScoredInItsOwnUnit() {
        JsonNode job = client.train(
                request(client.uploadFile(DATA + "diabetes.csv"), "progression", "{'folds':5,'stratify':true}", 20));

        assertThat(job.path("status").asString()).as(job.toString()).isEqualTo("succeeded");
        assertThat(job.at("/cross_validation/mean/validation_rmse").asDouble()).isBetween(45.0, 75.0);
        assertThat(job.at("/cross_validation/mean/validation_r2").asDouble()).isBetween(0.2, 0.7);
        assertThat(job.at("/cross_validation/deviation/validation_rmse").asDouble())
                .isBetween(0.1, 20.0);
        assertThat(job.at("/cross_validation/data").valueStream())
                .extracting(fold -> fold.path("validation_rows").asInt())
                .containsExactly(89, 89, 88, 88, 88);
    }

    /** A group is a class here, so that each fold holds one out. */
    @Test
    void noGroupIsInTwoFolds() throws IOException {
        String dataset = irisWith("plant", row -> "plant " + row / 50);

        JsonNode job = client.train(request(dataset, "species", "{'folds':3,'group':'plant','seed':3}", 10));

        assertThat(job.path("status").asString()).as(job.toString()).isEqualTo("succeeded");
        assertThat(job.at("/specification/features").valueStream()).hasSize(4);
        assertThat(job.at("/specification/split/stratify").asBoolean()).isFalse();
        assertThat(job.at("/cross_validation/data").valueStream())
                .extracting(fold -> fold.path("validation_rows").asInt())
                .containsExactly(50, 50, 50);
        assertThat(job.path("warnings").toString())
                .contains(
                        "Classes \\\"setosa\\\" (50 rows), \\\"versicolor\\\" (50 rows), \\\"virginica\\\" (50 rows) have all rows in one fold, which cannot learn them");
    }

    @Test
    void anAutoencoderIsScoredByItsError() {
        JsonNode job = client.train(json(
                "{'dataset':'%s','features':['sepal_length','sepal_width','petal_length','petal_width'],'split':{'folds':3},'hyperparameters':{'epochs':10,'seed':1}}",
                iris()));

        assertThat(job.path("status").asString()).as(job.toString()).isEqualTo("succeeded");
        assertThat(job.at("/cross_validation/mean").propertyNames()).containsExactly("validation_loss");
        assertThat(job.at("/cross_validation/mean/validation_loss").asDouble()).isPositive();
    }

    @Test
    void foldsThatStopEarlyCountForTheEpochsThatTheyHad() {
        JsonNode job = client.train(json(
                "{'dataset':'%s','target':'species','split':{'folds':3},'optimizer':{'type':'adam','learning_rate':0.1},'hyperparameters':{'epochs':500,'seed':1,'early_stopping':{'patience':3}}}",
                iris()));
        int epochs = job.at("/cross_validation/data")
                .valueStream()
                .mapToInt(fold -> fold.path("epochs").asInt())
                .sum();

        assertThat(job.path("status").asString()).as(job.toString()).isEqualTo("succeeded");
        assertThat(epochs).isLessThan(1_500);
        assertThat(job.at("/progress/epochs").asInt())
                .isEqualTo(epochs + job.at("/cross_validation/final_epochs").asInt());
        assertThat(job.at("/progress/fraction").asDouble()).isEqualTo(1);
    }

    @Test
    void aPauseInTheMiddleOfAFoldChangesNothing() {
        String dataset = iris();
        String split = "{'folds':4,'seed':5}";
        JsonNode undisturbed = client.train(request(dataset, "species", split, 400));

        String id = client.submit(request(dataset, "species", split, 400));
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> client.job(id).at("/progress/fold").asInt(9) >= 3);
        client.act(id, "pause").expect(200);
        JsonNode paused = client.awaitStatus(id, "paused");
        client.act(id, "resume").expect(200);
        JsonNode job = client.awaitEnd(id);

        assertThat(paused.at("/cross_validation/done").asInt()).isBetween(2, 4);
        assertThat(job.path("attempt").asInt()).isEqualTo(2);
        assertThat(job.path("cross_validation")).isEqualTo(undisturbed.path("cross_validation"));
        assertThat(job.path("weights_sha256")).isEqualTo(undisturbed.path("weights_sha256"));
        assertThat(job.at("/progress/step")).isEqualTo(undisturbed.at("/progress/step"));
        assertThat(client.computed(id))
                .isEqualTo(client.computed(undisturbed.path("id").asString()));
    }

    @Test
    void aCancelledJobKeepsTheScoresOfTheFoldsThatAreDone() {
        String id = client.submit(request(iris(), "species", "{'folds':5}", 100_000));
        client.awaitEpoch(id, 1);
        client.patch("/v1/training-jobs/" + id, "{\"learning_rate\":0.5}").expect(409);
        JsonNode running = client.job(id);
        client.act(id, "cancel").expect(200);
        JsonNode job = client.awaitEnd(id);

        assertThat(running.at("/progress/repeat").asInt()).isEqualTo(1);
        assertThat(running.at("/progress/fold").asInt()).isEqualTo(1);
        assertThat(running.at("/progress/epochs").asInt()).isEqualTo(600_000);
        assertThat(running.at("/cross_validation/final_epochs").isNull()).isTrue();
        assertThat(job.path("status").asString()).isEqualTo("cancelled");
        assertThat(job.at("/cross_validation/done").asInt()).isZero();
        assertThat(job.at("/cross_validation/mean").isEmpty()).isTrue();
        client.delete("/v1/training-jobs/" + id).expect(204);
    }

    @Test
    void anOrdinaryJobSaysNothingOfFolds() {
        JsonNode job = client.train(request(iris(), "species", "{}", 2));

        assertThat(job.has("cross_validation")).isFalse();
        assertThat(job.path("progress").propertyNames()).containsExactly("fraction", "epoch", "epochs", "step");
        assertThat(client.history(job.path("id").asString()).get(0).has("fold")).isFalse();
    }

    @Test
    void listsShowTheScores() {
        String id = client.train(request(iris(), "species", "{'folds':2}", 2))
                .path("id")
                .asString();

        assertThat(client.get("/v1/training-jobs")
                        .expect(200)
                        .json()
                        .path("data")
                        .valueStream()
                        .filter(job -> job.path("id").asString().equals(id)))
                .singleElement()
                .satisfies(job -> assertThat(job.path("cross_validation"))
                        .isEqualTo(client.job(id).path("cross_validation")));
    }

    /** The last rows are a class of two, and every row is there twice. */
    @Test
    void whatMakesScoresDoubtfulIsToldByValidateAndByTheJob() {
        String csv = "x,y\n"
                + IntStream.range(0, 60)
                        .mapToObj(row -> row % 30 + "," + (row >= 58 ? "odd" : row % 2 == 0 ? "even" : "other"))
                        .collect(Collectors.joining("\n"));
        JsonNode request = request(client.uploadText("twice", csv), "y", "{'folds':4,'seed':4}", 3);

        JsonNode validation =
                client.post("/v1/training-jobs:validate", request).expect(200).json();
        String trained = client.train(request).path("warnings").toString();

        assertThat(validation.path("warnings").toString())
                .isEqualTo(trained)
                .contains("Class \\\"odd\\\" (2 rows) has no row in some folds, which cannot score it")
                .containsPattern("\"\\d+ rows have the same features as a row of another fold\"");
        JsonNode once = client.post("/v1/training-jobs:validate", request(iris(), "species", "{}", 100))
                .expect(200)
                .json();
        JsonNode tenfold = client.post("/v1/training-jobs:validate", request(iris(), "species", "{'folds':10}", 100))
                .expect(200)
                .json();
        assertThat(tenfold.path("estimated_seconds").asDouble())
                .isGreaterThan(once.path("estimated_seconds").asDouble());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'folds':1} | #/split/folds | folds is 1; accepted: a whole number from 2 to 50",
                "{'folds':51} | #/split/folds | folds is 51; accepted: a whole number from 2 to 50",
                "{'folds':2.5} | #/split/folds | folds is 2.5",
                "{'folds':5,'repeats':21} | #/split/repeats | repeats is 21; accepted: a whole number from 1 to 20",
                "{'folds':50,'repeats':3} | #/split/repeats | folds is 50 and repeats is 3, which makes 150 trainings; accepted: up to 100",
                "{'folds':5,'train':0.8} | #/split | split has folds and train together; accepted: {train, validation, test, stratify, seed} or",
                "{'folds':5,'column':'plant'} | #/split | together; accepted:",
                "{'folds':5,'group':'plant','stratify':true} | #/split/stratify | stratify is true, and group has the rows of a group stay together; accepted: one of the two",
                "{'folds':4,'group':'plant'} | #/split/folds | folds is 4, but \"plant\" has 3 different values, whose rows stay together; accepted: a whole number from 2 to 3",
                "{'folds':5,'group':'species'} | #/split/group | \"species\" is the target",
                "{'folds':5,'group':'nothing'} | #/split/group | group is \"nothing\"; accepted: one of sepal_length",
                "{'folds':5,'shuffle':true} | #/split/shuffle | shuffle"
            })
    void whatCannotBeDealtIsRefused(String split, String pointer, String detail) throws IOException {
        String dataset = irisWith("plant", row -> "plant " + row / 50);

        for (String path : List.of("/v1/training-jobs", "/v1/training-jobs:validate")) {
            client.post(path, request(dataset, "species", split, 2)).expectFault(422, pointer, detail);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 50})
    void moreFoldsThanRowsAreRefused(int folds) {
        String dataset = client.uploadText("few", "x,y\n1,1\n2,3\n3,\n4,5\n5,7\n6,9\n7,12\n");

        client.post("/v1/training-jobs", request(dataset, "y", "{'folds':%d}".formatted(folds), 2))
                .expectFault(
                        422,
                        "#/split/folds",
                        "folds is %d, but 6 rows can be dealt into them; accepted: a whole number from 2 to 6"
                                .formatted(folds));
    }

    /** Only the data shows that the rows of a group have no target. */
    @Test
    void tooFewGroupsAreFoundOnceTheDataIsRead() {
        String dataset = client.uploadText("groups", "x,y,g\n1,1,a\n2,3,b\n3,,c\n4,5,a\n5,7,b\n6,9,a\n7,12,b\n");
        JsonNode request = request(dataset, "y", "{'folds':3,'group':'g'}", 2);
        String wrong =
                "folds is 3, but \"g\" has 2 different values, whose rows stay together; accepted: a whole number from 2 to 2";

        client.post("/v1/training-jobs:validate", request).expectFault(422, "#/split/folds", wrong);
        JsonNode job = client.train(request);

        assertThat(job.path("status").asString()).isEqualTo("failed");
        assertThat(job.at("/error/pointer").asString()).isEqualTo("#/split/folds");
        assertThat(job.at("/error/message").asString()).isEqualTo(wrong);
    }

    @Test
    void aFoldThatDivergesIsNamed() {
        String csv = "x,y\n"
                + IntStream.range(0, 40).mapToObj(row -> row + "," + row % 7).collect(Collectors.joining("\n"));

        JsonNode job = client.train(json(
                "{'dataset':'%s','target':'y','split':{'folds':4},'network':{'layers':[]},'optimizer':{'type':'sgd','learning_rate':100},'hyperparameters':{'epochs':1000,'seed':1}}",
                client.uploadText("diverging", csv)));

        assertThat(job.path("stop_reason").asString()).isEqualTo("diverged");
        assertThat(job.at("/error/message").asString())
                .startsWith("Fold 1 of 4 diverged. The loss was no longer a finite number in epoch ");
    }

    @Test
    void everyRowIsPredictedOnceInEachRepeatByAModelThatWasNotTrainedOnIt() throws IOException {
        String plain = iris();
        String id = client.train(request(plain, "species", "{'folds':4,'repeats':2,'seed':3}", 15))
                .path("id")
                .asString();
        List<List<String>> rows = outOfFold(id);
        List<String> data = Files.readAllLines(Path.of(DATA, "iris.csv"));

        assertThat(rows.get(0))
                .containsExactly(
                        "row",
                        "repeat",
                        "fold",
                        "actual",
                        "label",
                        "probability_setosa",
                        "probability_versicolor",
                        "probability_virginica");
        assertThat(rows.stream().skip(1).map(row -> row.get(1) + " " + row.get(0)))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 2)
                        .boxed()
                        .flatMap(repeat -> IntStream.rangeClosed(1, IRIS).mapToObj(row -> repeat + " " + row))
                        .toList());
        assertThat(rows.stream().skip(1))
                .allSatisfy(row -> assertThat(row.get(3)).isEqualTo(last(data.get(Integer.parseInt(row.get(0))))));

        List<Integer> heldOut = HeldOut.ofIris(4, 3, 1);
        String dataset = irisWith("part", row -> heldOut.contains(row) ? "validation" : "train");
        JsonNode ordinary = client.train(json(
                "{'dataset':'%s','target':'species','model':'second-fold','split':{'column':'part'},'hyperparameters':{'epochs':15,'seed':1}}",
                dataset));
        String toPredict = "sepal_length,sepal_width,petal_length,petal_width\n"
                + heldOut.stream()
                        .map(row -> data.get(row + 1))
                        .map(line -> line.substring(0, line.lastIndexOf(',')))
                        .collect(Collectors.joining("\n"));
        List<List<String>> predicted = cells(client.post(
                        "/v1/models/second-fold/predict",
                        "text/csv",
                        toPredict.getBytes(StandardCharsets.UTF_8),
                        "Accept",
                        "text/csv")
                .expect(200)
                .text());

        assertThat(ordinary.path("status").asString()).isEqualTo("succeeded");
        List<List<String>> ofFold = rows.stream()
                .filter(row -> row.get(1).equals("1") && row.get(2).equals("2"))
                .toList();
        assertThat(ofFold).extracting(row -> Integer.parseInt(row.get(0)) - 1).containsExactlyElementsOf(heldOut);
        assertThat(ofFold.stream().map(row -> row.subList(4, 8)))
                .containsExactlyElementsOf(predicted.subList(1, predicted.size()));
        client.get("/v1/training-jobs/%s/out-of-fold-predictions"
                        .formatted(ordinary.path("id").asString()))
                .expect(409);
    }

    /** The scores of a fold follow from its predictions. */
    @Test
    void predictionsOfNumbersAreInTheirOwnUnit() {
        JsonNode job =
                client.train(request(client.uploadFile(DATA + "diabetes.csv"), "progression", "{'folds':5}", 20));
        List<List<String>> rows = outOfFold(job.path("id").asString());

        assertThat(rows.get(0)).containsExactly("row", "repeat", "fold", "actual", "value");
        assertThat(rows).hasSize(443);
        for (int fold = 1; fold <= 5; fold++) {
            String number = Integer.toString(fold);
            double squares = rows.stream()
                    .skip(1)
                    .filter(row -> row.get(2).equals(number))
                    .mapToDouble(row -> Double.parseDouble(row.get(4)) - Double.parseDouble(row.get(3)))
                    .map(error -> error * error)
                    .average()
                    .orElseThrow();
            assertThat(Math.sqrt(squares))
                    .isEqualTo(
                            job.at("/cross_validation/data/%d/scores/validation_rmse".formatted(fold - 1))
                                    .asDouble(),
                            within(1e-3));
        }
    }

    @Test
    void rowsWithoutATargetAreNotPredictedAndGroupsStayTogether() {
        String csv = "x,y,g\n"
                + IntStream.range(0, 60)
                        .mapToObj(row -> "%d,%s,g%d".formatted(row, row == 7 ? "" : row * 0.5 + row % 3, row % 9))
                        .collect(Collectors.joining("\n"));
        String id = client.train(request(client.uploadText("grouped", csv), "y", "{'folds':3,'group':'g'}", 3))
                .path("id")
                .asString();
        List<List<String>> rows = outOfFold(id);
        Map<String, Set<Integer>> groups = rows.stream()
                .skip(1)
                .collect(Collectors.groupingBy(
                        row -> row.get(2),
                        Collectors.mapping(row -> (Integer.parseInt(row.get(0)) - 1) % 9, Collectors.toSet())));

        assertThat(rows).hasSize(60).noneMatch(row -> row.get(0).equals("8"));
        assertThat(groups).hasSize(3);
        assertThat(groups.values().stream().mapToInt(Set::size).sum()).isEqualTo(9);
    }

    @Test
    void anAutoencoderSaysHowFarOffItIs() {
        String id = client.train(json(
                        "{'dataset':'%s','features':['sepal_length','sepal_width','petal_length'],'split':{'folds':3},'hyperparameters':{'epochs':5,'seed':1}}",
                        iris()))
                .path("id")
                .asString();
        List<List<String>> rows = outOfFold(id);

        assertThat(rows.get(0)).containsExactly("row", "repeat", "fold", "reconstruction_error", "anomaly");
        assertThat(rows).hasSize(1 + IRIS);
        assertThat(rows.stream().skip(1)).allSatisfy(row -> {
            assertThat(Double.parseDouble(row.get(3))).isNotNegative();
            assertThat(row.get(4)).isIn("true", "false");
        });
    }

    /** A spreadsheet would run them. */
    @Test
    void labelsThatAreFormulasAreInert() {
        String csv = "x,y\n"
                + IntStream.range(0, 20)
                        .mapToObj(row -> row + "," + (row < 10 ? "=A1" : "b"))
                        .collect(Collectors.joining("\n"));
        String id = client.train(request(client.uploadText("formulas", csv), "y", "{'folds':2}", 2))
                .path("id")
                .asString();

        assertThat(outOfFold(id).stream().skip(1).map(row -> row.get(3)).distinct())
                .containsExactlyInAnyOrder("'=A1", "b");
    }

    @Test
    void aJobThatHasNotSucceededHasNoPredictions() {
        String id = client.submit(request(iris(), "species", "{'folds':5}", 100_000));
        String path = "/v1/training-jobs/%s/out-of-fold-predictions".formatted(id);
        client.get(path).expect(409);
        client.act(id, "cancel").expect(200);
        client.awaitEnd(id);

        assertThat(client.get(path).expect(409).json().path("detail").asString())
                .contains("is cancelled; out-of-fold predictions are of a job that has succeeded");
        client.get("/v1/training-jobs/job_0000000000/out-of-fold-predictions").expect(404);
    }

    /** Three jobs with the rows of one fold each predict what its members do. */
    @Test
    void anEnsemblePredictsTheMeanOfItsFolds() throws IOException {
        JsonNode job = client.train(json(
                "{'dataset':'%s','target':'species','model':'together','split':{'folds':3,'seed':3,'ensemble':true},'hyperparameters':{'epochs':10,'seed':1}}",
                iris()));
        JsonNode version =
                client.get("/v1/models/together/versions/1").expect(200).json();
        double[] sums = new double[3];
        for (int fold = 0; fold < 3; fold++) {
            List<Integer> heldOut = HeldOut.ofIris(3, 3, fold);
            String dataset = irisWith("part", row -> heldOut.contains(row) ? "validation" : "train");
            client.train(json(
                    "{'dataset':'%s','target':'species','model':'member-%d','split':{'column':'part'},'hyperparameters':{'epochs':10,'seed':1}}",
                    dataset, fold));
            double[] alone = probabilities("member-" + fold);
            IntStream.range(0, 3).forEach(label -> sums[label] += alone[label]);
        }

        assertThat(job.path("status").asString()).as(job.toString()).isEqualTo("succeeded");
        assertThat(job.at("/cross_validation/done").asInt()).isEqualTo(3);
        assertThat(job.at("/cross_validation/final_epochs").isNull()).isTrue();
        assertThat(job.at("/progress/epoch").asInt()).isEqualTo(30);
        assertThat(job.at("/progress/epochs").asInt()).isEqualTo(30);
        assertThat(job.path("weights_sha256")).isEqualTo(version.path("weights_sha256"));
        assertThat(version.path("members").asInt()).isEqualTo(3);
        assertThat(version.path("parameter_count").asInt())
                .isEqualTo(3 * job.path("parameter_count").asInt());
        double[] together = probabilities("together");
        for (int label = 0; label < 3; label++) {
            assertThat(together[label]).isEqualTo(sums[label] / 3, within(1e-6));
        }
        assertThat(outOfFold(job.path("id").asString())).hasSize(1 + IRIS);
        client.post("/v1/models/together:explain-row", json("{'row':%s}", ROW)).expect(409);
    }

    private static final String ROW = "{'sepal_length':6.1,'sepal_width':null,'petal_length':4.9,'petal_width':1.7}";

    private double[] probabilities(String model) {
        JsonNode answer = client.post("/v1/models/%s/predict".formatted(model), json("{'rows':[%s]}", ROW))
                .expect(200)
                .json();
        assertThat(answer.path("warnings")).hasSize(1);
        return Stream.of("setosa", "versicolor", "virginica")
                .mapToDouble(label ->
                        answer.at("/predictions/0/probabilities/" + label).asDouble())
                .toArray();
    }

    @Test
    void anEnsembleOfNumbersPredictsTheMean() {
        String csv = "x,y\n"
                + IntStream.range(0, 300)
                        .mapToObj(row -> row + "," + (3 * row + row % 5))
                        .collect(Collectors.joining("\n"));
        JsonNode job = client.train(json(
                "{'dataset':'%s','target':'y','model':'numbers-together','split':{'folds':2,'repeats':2,'ensemble':true},'optimizer':{'type':'adam','learning_rate':0.05},'hyperparameters':{'epochs':60,'seed':1}}",
                client.uploadText("slope", csv)));
        String rows = IntStream.range(0, 300).mapToObj(Integer::toString).collect(Collectors.joining("\n"));

        List<List<String>> predicted = cells(client.post(
                        "/v1/models/numbers-together/predict",
                        "text/csv",
                        ("x\n" + rows).getBytes(StandardCharsets.UTF_8),
                        "Accept",
                        "text/csv")
                .expect(200)
                .text());

        assertThat(job.path("status").asString()).as(job.toString()).isEqualTo("succeeded");
        assertThat(predicted).hasSize(301);
        assertThat(Double.parseDouble(predicted.get(151).get(0))).isBetween(420.0, 480.0);
    }

    @Test
    void anAutoencoderHasNoEnsemble() {
        client.post(
                        "/v1/training-jobs",
                        json(
                                "{'dataset':'%s','features':['sepal_length','sepal_width','petal_length'],'split':{'folds':3,'ensemble':true}}",
                                iris()))
                .expectFault(422, "#/split/ensemble", "ensemble is true, but the embeddings of an autoencoder");
    }

    @Test
    void anEnsembleThatWasPausedIsTheSame() {
        String request =
                "{'dataset':'%s','target':'species','model':'paused','split':{'folds':3,'ensemble':true},'hyperparameters':{'epochs':400,'seed':1}}";
        String dataset = iris();
        JsonNode undisturbed = client.train(json(request, dataset));
        String id = client.submit(json(request, dataset));
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> client.job(id).at("/progress/fold").asInt(9) >= 2);
        client.act(id, "pause").expect(200);
        client.awaitStatus(id, "paused");
        client.act(id, "resume").expect(200);

        assertThat(client.awaitEnd(id).path("weights_sha256")).isEqualTo(undisturbed.path("weights_sha256"));
    }

    private List<List<String>> outOfFold(String job) {
        return cells(client.get("/v1/training-jobs/%s/out-of-fold-predictions".formatted(job))
                .expect(200)
                .text());
    }

    private static List<List<String>> cells(String csv) {
        return csv.lines().map(line -> List.of(line.split(",", -1))).toList();
    }

    private static String last(String line) {
        return line.substring(line.lastIndexOf(',') + 1);
    }

    private String iris() {
        return client.uploadFile(DATA + "iris.csv");
    }

    private static JsonNode request(String dataset, String target, String split, int epochs) {
        return json(
                "{'dataset':'%s','target':'%s','split':%s,'hyperparameters':{'epochs':%d,'seed':1}}",
                dataset, target, split, epochs);
    }

    private String irisWith(String column, IntFunction<String> cell) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(DATA, "iris.csv"));
        String csv = lines.get(0) + "," + column + "\n"
                + IntStream.rangeClosed(1, IRIS)
                        .mapToObj(line -> lines.get(line) + "," + cell.apply(line - 1))
                        .collect(Collectors.joining("\n"));
        return client.uploadText("iris-" + column, csv);
    }

    /** Which rows of iris a fold holds out, dealt as the service does. */
    private static final class HeldOut {

        private static final Map<String, Integer> CLASSES = Map.of("setosa", 0, "versicolor", 1, "virginica", 2);

        static List<Integer> ofIris(int folds, long seed, int fold) throws IOException {
            int[] strata = Files.readAllLines(Path.of(DATA, "iris.csv")).stream()
                    .skip(1)
                    .mapToInt(line -> CLASSES.get(last(line)))
                    .toArray();
            int[] rows = IntStream.range(0, strata.length).toArray();
            return IntStream.of(
                            Folds.deal(rows, strata, folds, seed, 0).split(fold).validation())
                    .boxed()
                    .toList();
        }
    }
}
