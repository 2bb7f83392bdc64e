package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What was understood at upload is understood the same way when rows are predicted. */
@DescentTest
class ReadingTest {

    @LocalServerPort
    private int port;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    /** Temperatures where −999 means unknown, a country called NA, and a truth as pandas writes it. */
    private void train(String model) {
        if (client.get("/v1/models/" + model).status() == 200) {
            return;
        }
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder csv = new StringBuilder("temp,country,sunny,y\n");
        for (int row = 0; row < 200; row++) {
            int temp = 40 + random.nextInt(40);
            String country = List.of("NA", "DE", "FR").get(random.nextInt(3));
            boolean sunny = random.nextBoolean();
            csv.append(row % 20 == 0 ? "-999" : temp)
                    .append(',')
                    .append(country)
                    .append(sunny ? ",True," : ",False,")
                    .append(temp + (country.equals("NA") ? 20 : 0) + (sunny ? 10 : 0))
                    .append('\n');
        }
        JsonNode dataset = client.upload(
                        model + ".csv",
                        csv.toString().getBytes(StandardCharsets.UTF_8),
                        "{\"missing_values\": [\"\", \"-999\"]}")
                .expect(201)
                .json();
        client.train(json(
                "{'dataset':'%s','target':'y','model':'%s','hyperparameters':{'epochs':40,'seed':1}}",
                dataset.path("id").asString(), model));
    }

    private Answer predict(String model, String body, String query, String... headers) {
        return client.post(
                "/v1/models/%s/predict%s".formatted(model, query),
                "text/csv",
                body.getBytes(StandardCharsets.UTF_8),
                headers);
    }

    private List<String> values(String body, String query) {
        return predict("weather", body, query, "Accept", "text/csv")
                .expect(200)
                .text()
                .lines()
                .skip(1)
                .toList();
    }

    @Test
    void theMissingValuesOfTheDatasetAreThoseOfTheRowsToPredict() {
        train("weather");
        List<String> values = values("temp,country,sunny\n-999,DE,True\n,DE,True\n60,NA,True\n60,DE,True\n", "");
        assertThat(values.get(0)).isEqualTo(values.get(1));
        assertThat(Double.parseDouble(values.get(2))).isGreaterThan(Double.parseDouble(values.get(3)) + 5);
        assertThat(client.get("/v1/models/weather/versions/1")
                        .expect(200)
                        .json()
                        .at("/reading/missing_values"))
                .extracting(JsonNode::asString)
                .containsExactlyInAnyOrder("", "-999");

        JsonNode asJson = client.post(
                        "/v1/models/weather/predict",
                        json(
                                "{'rows':[{'temp':-999,'country':'DE','sunny':true},{'temp':null,'country':'DE','sunny':'True'}],'explain_inputs':true}"))
                .expect(200)
                .json();
        assertThat(asJson.at("/predictions/0")).isEqualTo(asJson.at("/predictions/1"));
        assertThat(asJson.at("/predictions/0/inputs/0/finding").asString()).isEqualTo("imputed");
        assertThat(asJson.at("/predictions/0/value").asDouble())
                .isCloseTo(Double.parseDouble(values.get(0)), within(1e-4));
    }

    @Test
    void truthsAreTheWordsOfTheFile() {
        train("weather");
        JsonNode answer = client.post(
                        "/v1/models/weather/predict",
                        json(
                                "{'rows':[{'temp':60,'country':'DE','sunny':false},{'temp':60,'country':'DE','sunny':'False'},{'temp':60,'country':'DE','sunny':'FALSE'},{'temp':60,'country':'DE','sunny':true}]}"))
                .expect(200)
                .json();
        assertThat(answer.path("warnings").size()).isZero();
        assertThat(answer.at("/predictions/0")).isEqualTo(answer.at("/predictions/1"));
        assertThat(answer.at("/predictions/2")).isEqualTo(answer.at("/predictions/1"));
        assertThat(answer.at("/predictions/3")).isNotEqualTo(answer.at("/predictions/0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void delimitersAreDetectedAndAByteOrderMarkIsNoPartOfAName(String delimiter) {
        train("weather");
        String body = "\ufefftemp,country,sunny\n60,DE,True\n61,FR,False\n".replace(",", delimiter);
        assertThat(values(body, "")).isEqualTo(values("temp,country,sunny\n60,DE,True\n61,FR,False\n", ""));
        assertThat(values(body, "?delimiter=" + (delimiter.equals(";") ? "%3B" : encoded(delimiter))))
                .hasSize(2);
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void csvSaysHowItsCellsWereTreated() {
        train("weather");
        String body = "temp,country,sunny\n60,DE,True\n,XX,True\n1e6,DE,\n";
        Answer plain = predict("weather", body, "", "Accept", "text/csv").expect(200);
        assertThat(plain.headers()).containsEntry("descent-warnings", "4");
        List<String> lines = predict("weather", body, "?explain_inputs=true", "Accept", "text/csv")
                .expect(200)
                .text()
                .lines()
                .toList();
        assertThat(lines.get(0)).isEqualTo("value,inputs");
        assertThat(lines.get(1)).endsWith(",");
        assertThat(lines.get(2)).endsWith(",temp: imputed; country: unseen");
        assertThat(lines.get(3)).endsWith(",temp: out_of_range; sunny: imputed");
        JsonNode asJson =
                predict("weather", body, "?explain_inputs=true").expect(200).json();
        assertThat(asJson.at("/predictions/1/inputs").size()).isEqualTo(2);
        assertThat(asJson.path("warnings").size()).isEqualTo(4);
    }

    @Test
    void columnsThatAreNoInputsAreRefusedOrIgnoredAsTheClientSays() {
        train("weather");
        String body = "y,temp,country,sunny\n1,60,DE,True\n";
        predict("weather", body, "").expectFault(422, "#", "\"y\"", "extra_columns=ignore");
        assertThat(values(body, "?extra_columns=ignore")).isEqualTo(values("temp,country,sunny\n60,DE,True\n", ""));
        String row = "{'rows':[{'temp':60,'country':'DE','sunny':'True','y':1}],'extra_columns':'%s'}";
        client.post("/v1/models/weather/predict", json(row, "ignore")).expect(200);
        client.post("/v1/models/weather/predict", json(row, "reject"))
                .expectFault(422, "#/rows/0", "\"y\"", "an input");
        client.post("/v1/models/weather/predict", json(row, "drop"))
                .expectFault(422, "#/extra_columns", "\"drop\"", "reject, ignore");
        predict("weather", body, "?extra_columns=drop").expectFault(422, "?extra_columns", "\"drop\"", "reject");
        predict("weather", body, "?delimiter=x").expectFault(422, "?delimiter", "\"x\"", "tab");
        predict("weather", body, "?explain_inputs=maybe").expectFault(422, "?explain_inputs", "maybe", "true");
    }

    /** What programs write for an unknown number is one in a column of numbers, then and now. */
    @Test
    void markersOfAColumnOfNumbersStayMissing() {
        String csv = "t,y\n" + "1,2\n3,6\n5,10\n7,14\n9,18\n".repeat(40) + "NaN,8\n";
        String dataset = client.uploadText("markers", csv);
        client.train(json("{'dataset':'%s','target':'y','model':'markers','hyperparameters':{'epochs':3}}", dataset));
        List<String> values = predict("markers", "t\nnan\n NaN \n\"\"\n", "", "Accept", "text/csv")
                .expect(200)
                .text()
                .lines()
                .skip(1)
                .toList();
        assertThat(values).hasSize(3).containsOnly(values.get(2));
        client.post("/v1/models/markers/predict", json("{'rows':[{'t':'nan'},{'t':null}]}"))
                .expect(200);
        predict("markers", "t\nhot\n", "").expectFault(422, "#", "\"hot\"", "a number");
    }

    @Test
    void aBlankLineOfAFileWithOneColumnIsARow() {
        String csv = "t,y\n" + "1,2\n3,6\n5,10\n7,14\n9,18\n".repeat(10);
        String dataset = client.uploadText("one", csv);
        client.train(json("{'dataset':'%s','target':'y','model':'one','hyperparameters':{'epochs':3}}", dataset));
        List<String> answer = predict("one", "t\n1\n\n9\n", "", "Accept", "text/csv")
                .expect(200)
                .text()
                .lines()
                .toList();
        assertThat(answer).hasSize(4);
    }

    /** Whatever an upload may be, rows to predict may be, too. */
    @Test
    void rowsComeInAnyFormatOfUploads() throws IOException {
        train("weather");
        List<String> expected = values("temp,country,sunny\n60,DE,True\n,FR,False\n", "");
        byte[] lines = "{\"temp\":60,\"country\":\"DE\",\"sunny\":true}\n{\"country\":\"FR\",\"sunny\":false}\n"
                .getBytes(StandardCharsets.UTF_8);
        byte[] tabs = "temp\tcountry\tsunny\n60\tDE\tTrue\n\tFR\tFalse\n".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(tabs);
        }
        assertThat(rows("application/x-ndjson", lines)).isEqualTo(expected);
        assertThat(rows("text/tab-separated-values", tabs)).isEqualTo(expected);
        assertThat(rows("text/tab-separated-values", zipped.toByteArray(), "Content-Encoding", "gzip"))
                .isEqualTo(expected);
    }

    private List<String> rows(String type, byte[] body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Accept", "text/csv"));
        return client.post("/v1/models/weather/predict", type, body, all.toArray(String[]::new))
                .expect(200)
                .text()
                .lines()
                .skip(1)
                .toList();
    }
}
