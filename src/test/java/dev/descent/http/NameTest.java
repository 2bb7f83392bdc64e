package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a client may name, and how: by one rule for everything. */
@DescentTest
class NameTest {

    private static final byte[] CSV =
            "x,y\n1,2\n2,3\n3,4\n4,5\n5,6\n6,7\n7,8\n8,9\n9,1\n1,1\n".getBytes(StandardCharsets.UTF_8);

    @LocalServerPort
    private int port;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iris",
                "Iris 2026 (v2)",
                "lr=0.01, l2=1e-4",
                "売上",
                "売上（東京・大阪）",
                "Продажи",
                "Πωλήσεις",
                "מכירות",
                "المبيعات",
                "हिन्दी",
                "ภาษาไทย",
                "한국어",
                "Kündigungen",
                "Tiếng Việt",
                "it's 100%",
                "𝒳𐍈",
                "a/b:c;d!e?f&g+h#i@j[k]"
            })
    void namesOfEveryScriptAreKeptAsTheyAre(String name) {
        String dataset = upload(name).expect(201).json().path("id").asString();
        Answer answer = client.post("/v1/training-jobs:validate", naming(dataset, name));

        assertThat(answer.expect(200).json().at("/specification/name").asString())
                .isEqualTo(name);
        assertThat(answer.json()
                        .at("/specification/metadata/" + name.replace("/", "~1"))
                        .asString())
                .isEqualTo("text");
        assertThat(client.get("/v1/datasets?name=" + encoded(name))
                        .json()
                        .at("/data/0/id")
                        .asString())
                .isEqualTo(dataset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\rb",
                "a\tb",
                "a\u0007b",
                "a\u001b[31mb",
                "a\u0085b",
                "a\u2028b",
                "a\u2029b", // controls
                "a\u202eb",
                "a\u202ab",
                "a\u2066b",
                "a\u2069b",
                "a\u200eb",
                "a\u200fb",
                "a\u061cb", // directions
                "a\u200bb",
                "a\u200cb",
                "a\u200db",
                "a\u2060b",
                "a\ufeffb",
                "a\u00adb",
                "a\u034fb",
                "a\ufe0fb", // invisible
                "a\u3164b",
                "a\u115fb",
                "a\uffa0b",
                "a\u180eb",
                "a\ue000b",
                "a\udb80\udc00b",
                "a\u0378b",
                "a\uffffb",
                "a\ufdd0b", // private, unassigned
                "e\u0301",
                "Ku\u0308ndigung",
                "\u212b",
                "\u1100\u1161", // not NFC
                " a",
                "a ",
                "a  b",
                "a\u00a0b",
                "a\u3000b", // spaces
                "<b>",
                "a\"b",
                "a\\b",
                "a`b",
                "a|b",
                "a$b",
                "a^b",
                "a{b}",
                "a~b",
                "a*b",
                "😀",
                "a°b",
                "a€b"
            })
    void otherCharactersAreRefusedInEveryName(String name) {
        String dataset = upload("plain").expect(201).json().path("id").asString();
        Answer answer = client.post("/v1/training-jobs", naming(dataset, name).put("model", name));

        answer.expectFault(
                422, "#/name", "name is ", "accepted: letters, digits and marks of any script in Unicode's form NFC");
        answer.expectFault(422, "#/model", "model is ", "beginning with a letter or digit");
        answer.expectFault(422, "#/network/nodes/0/name", "name is ");
        assertThat(answer.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("pointer").asString()))
                .anyMatch(pointer -> pointer.startsWith("#/metadata/"));
        upload(name).expectFault(422, "?name", "name is ", "accepted: letters, digits");
        client.upload("x.csv", CSV, JsonMapper.shared().writeValueAsString(Map.of("name", name)))
                .expectFault(422, "#/options/name", "name is ");
    }

    @Test
    void textsMayHaveAnythingButControlsAndDirections() {
        String dataset = upload("plain").expect(201).json().path("id").asString();
        String metadata = "{'dataset':'%s','target':'y','metadata':{'note':'%s'}}";
        for (String text : List.of("😀 👩\u200d🔬", "a <b> | c", "می\u200cخواهم", "")) {
            client.post("/v1/training-jobs:validate", json(metadata, dataset, text))
                    .expect(200);
            client.upload("x.csv", CSV, JsonMapper.shared().writeValueAsString(Map.of("description", text)))
                    .expect(201);
        }
        client.upload("x.csv", CSV, "{\"description\":\"two\\n\\tlines\"}").expect(201);
        for (String text : List.of("a\\nb", "a\\u0007b", "a\\u202eb", "a\\u2067b", "a\\u2028b")) {
            client.post("/v1/training-jobs:validate", json(metadata, dataset, text))
                    .expectFault(422, "#/metadata/note", "note is ", "without control characters");
        }
        client.upload("x.csv", CSV, "{\"description\":\"a\\u202eb\"}")
                .expectFault(422, "#/options/description", "direction");
    }

    /** A file may have been named by a system that decomposes accents, or by a stranger. */
    @ParameterizedTest
    @CsvSource({
        "iris.csv, iris",
        "some/売上.csv, 売上",
        "Ku\u0308ndigung.csv.gz, Kündigung",
        "a\u202eb.csv, a_b",
        "<script>.csv, _script_",
        "😀😀.csv, _",
        ".csv, dataset",
        "a\u00a0\u200b  b.csv, a_ b"
    })
    void aFileNameBecomesAName(String fileName, String name) {
        byte[] content = fileName.endsWith(".gz") ? gzip(CSV) : CSV;
        assertThat(client.upload(fileName, content, null)
                        .expect(201)
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo(name);
    }

    /** Whoever predicts by the name of one must not get the other. */
    @Test
    void namesInOtherScriptsAreModelsOfTheirOwn() {
        List<String> names = List.of("売上", "顧客", "Продажи", "Πωλήσεις");
        for (String name : names) {
            String dataset = upload(name).expect(201).json().path("id").asString();
            JsonNode job = client.train(json("{'dataset':'%s','target':'y','hyperparameters':{'epochs':1}}", dataset));

            assertThat(job.at("/model/name").asString()).as(job.toString()).isEqualTo(name);
            assertThat(job.at("/model/version").asInt()).isEqualTo(1);
            Answer prediction = client.post("/v1/models/" + encoded(name) + "/predict", json("{'rows':[{'x':1}]}"));
            assertThat(prediction.expect(200).json().at("/model/name").asString())
                    .isEqualTo(name);
        }
    }

    private static ObjectNode naming(String dataset, String name) {
        ObjectNode request =
                json("{'dataset':'%s','target':'y','network':{'nodes':[{'type':'relu','inputs':['input']}]}}", dataset);
        request.put("name", name);
        ((ObjectNode) request.at("/network/nodes/0")).put("name", name);
        ((ObjectNode) request.path("network")).put("output", name);
        request.putObject("metadata").put(name, "text");
        return request;
    }

    private Answer upload(String name) {
        return client.post("/v1/datasets?name=" + encoded(name), "text/csv", CSV);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
