package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Rows that don't fit a model are rejected, with each violation located. */
@DescentTest
class PredictionFaultTest {

    private static final String PREDICT = "/v1/models/fruit/predict";
    private static final String CSV =
            "mass,kind\n1,apple\n2,pear\n3,apple\n4,pear\n5,apple\n6,pear\n7,apple\n8,pear\n9,apple\n10,pear\n";

    @LocalServerPort
    private int port;

    private DescentClient client;

    @BeforeEach
    void train() {
        client = new DescentClient(port);
        if (client.get("/v1/models/fruit").status() == 404) {
            String dataset = client.uploadText(
                    "fruit",
                    "mass,kind,price\n"
                            + CSV.lines()
                                    .skip(1)
                                    .map(line -> line + "," + line.charAt(0) + "\n")
                                    .reduce("", String::concat));
            client.train(
                    json("{'dataset':'%s','target':'price','model':'fruit','hyperparameters':{'epochs':1}}", dataset));
        }
    }

    @AfterEach
    void theNextGoodRequestWorks() {
        assertThat(client.post(PREDICT, "text/csv", CSV.getBytes(StandardCharsets.UTF_8))
                        .expect(200)
                        .json()
                        .path("predictions")
                        .size())
                .isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'rows':[{'mass':1}]} | #/rows/0 | \"kind\" is missing | send null",
                "{'rows':[{'mass':1,'kind':'apple','colour':1}]} | #/rows/0 | \"colour\" | mass, kind",
                "{'rows':[{'mass':'heavy','kind':'apple'}]} | #/rows/0/mass | \"heavy\" | a number or null",
                "{'rows':[{'mass':1,'kind':5}]} | #/rows/0/kind | 5 | a string or null",
                "{'rows':[{'mass':1e999,'kind':'pear'}]} | #/rows/0/mass | mass is | a number or null",
                "{'rows':[{'mass':1,'kind':'pear'},5]} | #/rows/1 | 5 | an object",
                "{'rows':[]} | #/rows | 0 rows | 1 to 100000",
                "{'rows':5} | #/rows | rows | an array",
                "{} | # | rows | dataframe_split",
                "{'rows':[{'mass':1,'kind':'pear'}],'more':1} | #/more | \"more\" | explain_inputs",
                "{'rows':[{'mass':1,'kind':'pear'}],'explain_inputs':1} | #/explain_inputs | 1 | true or false",
                "{'dataframe_split':{'columns':['mass','kind'],'data':[[1]]}} | #/dataframe_split/data/0 | 1 value | an array of 2",
                "{'dataframe_split':{'columns':['mass'],'data':[[1]]}} | #/dataframe_split/columns | \"kind\" is missing | null"
            })
    void aRowThatDoesNotFitIsRefused(String body, String pointer, String named, String accepted) {
        client.post(PREDICT, body.replace('\'', '"')).expectFault(422, pointer, named, accepted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "mass;1 | \"kind\" is missing | leave its fields empty",
                "mass,kind;heavy,pear | \"heavy\" | a number",
                "mass,kind;1,pear,2,3 | line 2 has 4 | 2 fields",
                "mass,kind | a header line only | at least one row",
                "mass,kind;1,\"pear | no CSV | quote",
                "mass,mass,kind;1,2,pear | Two columns are called \"mass\" | the second of which is column 2",
                "mass,mass;1,2 | Two columns are called \"mass\" | the second of which is column 2",
                "mass,mass;1,2 | \"kind\" is missing | leave its fields empty",
                "mass;1;1,2 | \"kind\" is missing | leave its fields empty",
                "mass;1;1,2 | line 3 has 2 | 1 field"
            })
    void aCsvRowThatDoesNotFitIsRefused(String lines, String named, String accepted) {
        byte[] body = lines.replace(';', '\n').getBytes(StandardCharsets.UTF_8);
        client.post(PREDICT, "text/csv", body).expectFault(422, "#", named, accepted);
    }

    @Test
    void moreRowsThanATableMayHaveArePredictedRowForRow() {
        StringBuilder rows = new StringBuilder("mass,kind\n");
        for (int row = 0; row < 250_000; row++) {
            rows.append(row % 10 + 1).append(row % 2 == 0 ? ",apple\n" : ",pear\n");
        }
        byte[] body = rows.toString().getBytes(StandardCharsets.UTF_8);
        List<String> answer = client.post(PREDICT, "text/csv", body, "Accept", "text/csv")
                .expect(200)
                .text()
                .lines()
                .toList();
        assertThat(answer).hasSize(250_001).startsWith("value");
        assertThat(answer.subList(1, 11)).doesNotHaveDuplicates();
        assertThat(answer.subList(249_991, 250_001)).isEqualTo(answer.subList(1, 11));
        client.post(PREDICT, "text/csv", body).expectFault(422, "#", "more than 100000 rows", "text/csv");

        rows.append("heavy,pear\n");
        byte[] faulty = rows.toString().getBytes(StandardCharsets.UTF_8);
        client.post(PREDICT, "text/csv", faulty, "Accept", "text/csv")
                .expectFault(422, "#", "Row 250001", "\"heavy\"", "a number");
    }

    /** As an upload would be: read in the encoding that Windows had, and that is told. */
    @Test
    void bytesThatAreNotUtf8AreAWarning() {
        byte[] body = {'m', 'a', 's', 's', ',', 'k', 'i', 'n', 'd', '\n', '1', ',', (byte) 0xff, '\n'};
        assertThat(client.post(PREDICT, "text/csv", body)
                        .expect(200)
                        .json()
                        .at("/warnings/0")
                        .asString())
                .contains("Windows-1252");
    }

    @Test
    void aCharsetThatIsSaidCounts() {
        byte[] body = "mass,kind\n1,größe\n".getBytes(StandardCharsets.ISO_8859_1);
        client.post(PREDICT, "text/csv;charset=ISO-8859-1", body).expect(200);
        client.post(PREDICT, "text/csv;charset=UTF-8", body).expectFault(422, "#", "UTF-8");
    }

    @Test
    void anUnknownVersionIsNotFound() {
        String body = "{\"rows\": [{\"mass\": 1, \"kind\": \"pear\"}]}";
        client.post(PREDICT + "?version=99", body).expect(404);
        client.post(PREDICT + "?version=first", body).expectFault(422, "?version", "first", "a whole number");
    }

    @Test
    void anUnknownMethodNamesThoseThatTheAddressHas() {
        assertThat(client.send("GET", PREDICT, null, null).expect(405).headers().get("Allow"))
                .isEqualTo("POST");
    }
}
