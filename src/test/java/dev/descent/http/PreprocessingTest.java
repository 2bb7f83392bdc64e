package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Each kind of preprocessing, from the request to the prediction, on real data. */
@DescentTest
class PreprocessingTest {

    private static final String BOOKINGS = "src/test/resources/data/bookings.csv";

    @LocalServerPort
    private int port;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    private JsonNode train(String columns, String extra) {
        ObjectNode request = json(
                "{'target':'cancelled','model':'preprocessing','features':['lead_days','price','distance_km','city','channel','booked_on'],"
                        + "'hyperparameters':{'epochs':5,'seed':4},'preprocessing':{'columns':%s}}".formatted(columns));
        json(extra).properties().forEach(field -> request.set(field.getKey(), field.getValue()));
        JsonNode job = client.train(request.put("dataset", client.uploadFile(BOOKINGS)));
        assertThat(job.path("status").asString())
                .as(job.path("error").toString())
                .isEqualTo("succeeded");
        return job;
    }

    private JsonNode predict(JsonNode job, String row) {
        ObjectNode body = json("{}");
        body.putArray("rows").add(json(row));
        return client.post(
                        "/v1/models/preprocessing/predict?version="
                                + job.at("/model/version").asInt(),
                        body)
                .expect(200)
                .json();
    }

    private DescentClient.Answer validate(String columns) {
        ObjectNode request = json("{'target':'cancelled','preprocessing':{'columns':%s}}".formatted(columns));
        return client.post("/v1/training-jobs:validate", request.put("dataset", client.uploadFile(BOOKINGS)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'price':{'scale':'minmax'}}",
                "{'price':{'scale':'robust'},'booked_on':{'scale':'robust'}}",
                "{'lead_days':{'scale':'log1p','impute':'mean'}}",
                "{'price':{'scale':'quantile'},'lead_days':{'scale':'quantile_uniform'}}",
                "{'distance_km':{'impute':'constant','value':-1,'indicator':true,'scale':'quantile_normal'}}",
                "{'booked_on':{'impute':'constant','value':'2022-01-01','indicator':false,'scale':'minmax'}}",
                "{'price':{'scale':'none','impute':'most_frequent'}}",
                "{'city':{'encode':{'type':'one_hot','min_count':200}},'channel':{'impute':'own_level'}}",
                "{'city':{'encode':{'type':'ordinal'}},'channel':{'impute':'constant','value':'owl'}}",
                "{'city':{'encode':{'type':'binary'}}}",
                "{'booked_on':{'encode':{'type':'datetime_parts','parts':['year','month'],'differences':[]}}}",
                "{'city':{'encode':{'type':'hashed_ngrams','analyzer':'character','min_n':2,'max_n':3,'buckets':32}}}",
                "{'channel':{'encode':{'type':'tf_idf','analyzer':'word','min_n':1,'max_n':1,'max_terms':5}}}",
                "{'city':{'encode':{'type':'target_mean','smoothing':2.0,'folds':4,'seed':7},'impute':'own_level'}}"
            })
    void itTrainsToTheSameWeightsAgainAndPredictsRowsWithEmptyCells(String columns) {
        JsonNode job = train(columns, "{}");

        assertThat(job.at("/specification/preprocessing/columns")).isEqualTo(json(columns));
        JsonNode plain = train("{}", "{}");
        assertThat(job.path("weights_sha256")).isNotEqualTo(plain.path("weights_sha256"));
        JsonNode again = client.train(job.path("specification"));
        assertThat(again.path("weights_sha256")).isEqualTo(job.path("weights_sha256"));
        JsonNode answer = predict(
                job,
                "{'lead_days':null,'price':1e300,'distance_km':null,'city':null,'channel':'carrier pigeon','booked_on':null}");
        assertThat(answer.at("/predictions/0/label").asString()).isIn("true", "false");
    }

    @Test
    void aWarningSaysWhatStandsInForAnEmptyCell() {
        JsonNode job = train("{'price':{'impute':'constant','value':12.5}}", "{}");

        JsonNode answer = predict(
                job,
                "{'lead_days':1,'price':null,'distance_km':1,'city':'Málaga','channel':'phone','booked_on':'2022-01-01'}");

        assertThat(answer.at("/warnings/0").asString()).contains("\"price\"", "constant", "12.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'prize':{'scale':'robust'}} | /prize | prize",
                "{'cancelled':{'impute':'most_frequent'}} | /cancelled | cancelled",
                "{'city':{'scale':'robust'}} | /city/scale | numeric or datetime",
                "{'city':{'indicator':true}} | /city/indicator | numeric or datetime",
                "{'city':{'impute':'mean'}} | /city/impute | most_frequent, constant, own_level",
                "{'price':{'impute':'constant'}} | /price/value | required",
                "{'price':{'value':3}} | /price/value | constant",
                "{'price':{'impute':'constant','value':'cheap'}} | /price/value | a number",
                "{'booked_on':{'impute':'constant','value':3}} | /booked_on/value | ISO 8601",
                "{'price':{'scale':'log'}} | /price/scale | quantile_uniform",
                "{'price':{'impute':'best'}} | /price/impute | most_frequent",
                "{'price':{'value':[]}} | /price/value | a number",
                "{'price':{'encode':{'type':'binary'}}} | /price/encode | scale instead",
                "{'booked_on':{'encode':{'type':'binary'}}} | /booked_on/encode | datetime_parts",
                "{'booked_on':{'encode':{'type':'datetime_parts','differences':['price']}}} | /booked_on/encode/differences/0 | datetime",
                "{'booked_on':{'encode':{'type':'datetime_parts'},'scale':'robust'}} | /booked_on/scale | one of them",
                "{'remark':{'encode':{'type':'tf_idf','min_n':2}}} | /remark/encode/max_n | at least min_n",
                "{'city':{'encode':{'type':'hashing'}}} | /city/encode/type | target_mean",
                "{'city':{'encode':{'type':'target_mean','folds':1}}} | /city/encode/folds | from 2 to 100",
                "{'price':7} | /price | an object",
                "{'price':{'center':1}} | /price/center | impute, indicator, scale, value"
            })
    void whatDoesNotFitAColumnIsRefused(String columns, String pointer, String accepted) {
        validate(columns).expectFault(422, "#/preprocessing/columns" + pointer, accepted);
    }

    @Test
    void everyEncodingOfLevelsServesAnyTask() {
        for (String categorical : new String[] {"ordinal", "binary", "target_mean"}) {
            String preprocessing = "'preprocessing':{'categorical':'%s'}".formatted(categorical);
            for (String task : new String[] {
                "'target':'meal'",
                "'target':'price','features':['city','room']",
                "'target':['nights','price'],'features':['city']"
            }) {
                train("{}", "{%s,%s}".formatted(task, preprocessing));
            }
        }
    }

    @Test
    void aTargetMeanNeedsATargetAndAnEmbeddingReadsLevelNumbers() {
        ObjectNode request = json("{'features':['price','city'],'preprocessing':{'categorical':'target_mean'}}");
        client.post("/v1/training-jobs:validate", request.put("dataset", client.uploadFile(BOOKINGS)))
                .expectFault(422, "#/preprocessing/categorical", "autoencoder");

        ObjectNode embedding =
                json("{'target':'cancelled','preprocessing':{'columns':{'city':{'encode':{'type':'binary'}}}},"
                        + "'network':{'layers':[{'type':'embedding','units':3}]}}");
        client.post("/v1/training-jobs:validate", embedding.put("dataset", client.uploadFile(BOOKINGS)))
                .expectFault(422, "#/preprocessing/columns/city/encode", "embedding", "one_hot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"standardize", "log", "quantile", "none"})
    void aTransformedTargetIsScoredAndPredictedInItsOwnUnit(String transform) {
        ObjectNode request = json(
                "{'target':'progression','model':'preprocessing','split':{'train':0.7,'validation':0.1,'test':0.2,'seed':2},"
                        + "'hyperparameters':{'epochs':60,'seed':4},'optimizer':{'type':'adam','learning_rate':0.01},'preprocessing':{'target':'%s'}}"
                                .formatted(transform));
        JsonNode job = client.train(request.put("dataset", client.uploadFile("src/test/resources/data/diabetes.csv")));
        assertThat(job.path("status").asString())
                .as(job.path("error").toString())
                .isEqualTo("succeeded");
        assertThat(job.at("/specification/preprocessing/target").asString()).isEqualTo(transform);

        JsonNode version = client.get("/v1/models/preprocessing/versions/"
                        + job.at("/model/version").asInt())
                .expect(200)
                .json();

        // Its deviation is 77.
        assertThat(version.at("/evaluation/test/rmse").asDouble()).isBetween(40.0, 75.0);
        assertThat(version.at("/evaluation/test/r2").asDouble()).isBetween(0.1, 0.7);
        JsonNode answer = predict(
                job, "{'age':59,'sex':2,'bmi':32.1,'bp':101,'s1':157,'s2':93.2,'s3':38,'s4':4,'s5':4.8598,'s6':87}");
        assertThat(answer.at("/predictions/0/value").asDouble()).isBetween(80.0, 300.0);
    }

    @Test
    void onlyTheTargetOfARegressionIsTransformed() {
        ObjectNode request = json("{'target':'cancelled','preprocessing':{'target':'log'}}");
        client.post("/v1/training-jobs:validate", request.put("dataset", client.uploadFile(BOOKINGS)))
                .expectFault(422, "#/preprocessing/target", "regression");
    }

    @Test
    void aTextIsAFeatureOnlyIfItsTermsAreAskedFor() {
        StringBuilder csv = new StringBuilder("said,sent,opened,glad\n");
        for (int row = 0; row < 240; row++) {
            boolean glad = row * 7 % 12 < 6;
            csv.append("%s number %d came,2026-%02d-01,2026-%02d-%02d,%s%n"
                    .formatted(
                            glad ? "a lovely gift" : "a broken thing",
                            row,
                            1 + row % 12,
                            1 + row % 12,
                            2 + row % 20,
                            glad));
        }
        String dataset = client.uploadText("notes", csv.toString());
        ObjectNode request = json("{'target':'glad','model':'notes','hyperparameters':{'epochs':20,'seed':4},"
                + "'preprocessing':{'columns':{'said':{'encode':{'type':'tf_idf'}},"
                + "'opened':{'encode':{'type':'datetime_parts','differences':['sent']}}}}}");

        JsonNode job = client.train(request.put("dataset", dataset));

        assertThat(job.path("status").asString())
                .as(job.path("error").toString())
                .isEqualTo("succeeded");
        assertThat(job.at("/specification/features").toString()).contains("said");
        JsonNode version = client.get("/v1/models/notes/versions/1").expect(200).json();
        assertThat(version.at("/evaluation/test/accuracy").asDouble()).isEqualTo(1);
        assertThat(version.at("/preprocessing/columns/0/encode/terms").toString())
                .contains("lovely", "broken");
        JsonNode explained = client.post(
                        "/v1/models/notes:explain-row",
                        json("{'row':{'said':'LOVELY, lovely','sent':'2026-03-01','opened':'2026-03-05'}}"))
                .expect(200)
                .json();
        assertThat(explained
                        .at("/columns/0/inputs")
                        .valueStream()
                        .filter(input -> input.path("value").asDouble() > 0))
                .singleElement()
                .satisfies(input -> assertThat(input.path("value").asDouble()).isEqualTo(1));
        assertThat(explained.at("/columns/2/steps").toString())
                .contains("{\"step\":\"days_since sent\",\"value\":4.0}");
        ObjectNode without = json("{'target':'glad'}");
        assertThat(client.post("/v1/training-jobs:validate", without.put("dataset", dataset))
                        .expect(200)
                        .json()
                        .at("/specification/features")
                        .toString())
                .doesNotContain("said");
    }

    @Test
    void aModelTellsItsConstantsAndExplainsARowFromCellToInput() {
        JsonNode job = train(
                "{'price':{'scale':'log1p'},'channel':{'impute':'own_level'},'lead_days':{'indicator':true}}", "{}");
        int version = job.at("/model/version").asInt();
        JsonNode fitted = client.get("/v1/models/preprocessing/versions/" + version)
                .expect(200)
                .json()
                .path("preprocessing");
        assertThat(fitted.at("/columns/1/encode/type").asString()).isEqualTo("log1p");
        double mean = fitted.at("/columns/1/encode/mean").asDouble();
        double deviation = fitted.at("/columns/1/encode/deviation").asDouble();

        JsonNode explained = client.post(
                        "/v1/models/preprocessing:explain-row?version=" + version,
                        json(
                                "{'row':{'lead_days':null,'price':100,'distance_km':1e9,'city':'Atlantis','channel':null,'booked_on':'2022-01-01'}}"))
                .expect(200)
                .json();

        assertThat(explained.at("/columns/0/finding").asString()).isEqualTo("imputed");
        assertThat(explained.at("/columns/0/inputs/1/value").asDouble()).isEqualTo(1);
        double expected = (Math.log1p(100) - mean) / deviation;
        assertThat(explained.at("/columns/1/steps/1/value").asDouble()).isCloseTo(expected, within(1e-12));
        assertThat(explained.at("/columns/1/inputs/0/value").asDouble()).isCloseTo(expected, within(1e-12));
        assertThat(explained.at("/columns/1/inputs/0/index").asInt())
                .isEqualTo(fitted.at("/columns/1/first_input").asInt());
        assertThat(explained.at("/columns/2/finding").asString()).isEqualTo("out_of_range");
        assertThat(explained.at("/columns/3/steps/1/step").asString()).isEqualTo("unseen");
        assertThat(explained.at("/columns/4/finding").asString()).isEqualTo("imputed");
        long inputs = 0;
        for (JsonNode column : explained.path("columns")) {
            inputs += column.path("inputs").size();
        }
        assertThat(explained.path("inputs").asLong()).isEqualTo(inputs);
    }

    @Test
    void aRowThatCannotBeReadIsNotExplained() {
        train("{}", "{}");
        String path = "/v1/models/preprocessing:explain-row";
        client.post(
                        path,
                        json(
                                "{'row':{'lead_days':'soon','price':1,'distance_km':1,'city':'A','channel':'B','booked_on':null}}"))
                .expectFault(422, "#/row/lead_days", "a number");
        client.post(path, json("{'rows':[]}")).expectFault(422, "#/row", "required");
        client.post("/v1/models/nobody:explain-row", json("{'row':{}}")).expect(404);
    }
}
