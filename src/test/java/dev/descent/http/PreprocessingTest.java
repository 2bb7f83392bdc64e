package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

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
                "{'price':{'scale':'none','impute':'most_frequent'}}"
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
                "{'city':{'impute':'mean'}} | /city/impute | most_frequent",
                "{'price':{'impute':'constant'}} | /price/value | required",
                "{'price':{'value':3}} | /price/value | constant",
                "{'price':{'impute':'constant','value':'cheap'}} | /price/value | a number",
                "{'booked_on':{'impute':'constant','value':3}} | /booked_on/value | ISO 8601",
                "{'price':{'scale':'log'}} | /price/scale | quantile_uniform",
                "{'price':{'impute':'best'}} | /price/impute | most_frequent",
                "{'price':{'value':[]}} | /price/value | a number",
                "{'price':7} | /price | an object",
                "{'price':{'center':1}} | /price/center | impute, indicator, scale, value"
            })
    void whatDoesNotFitAColumnIsRefused(String columns, String pointer, String accepted) {
        validate(columns).expectFault(422, "#/preprocessing/columns" + pointer, accepted);
    }
}
