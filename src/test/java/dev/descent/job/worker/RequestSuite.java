package dev.descent.job.worker;

import static dev.descent.testing.DescentClient.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.job.TrainingJobView;
import dev.descent.job.specification.ResolvedTraining;
import dev.descent.listing.Cursor;
import dev.descent.listing.Listing;
import dev.descent.testing.DescentClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What clients send, send again, and look up. */
abstract class RequestSuite extends StoreTest {

    @Value("${descent.home}")
    private Path home;

    @Test
    void aDatasetComesBackAsItWasSent() {
        String csv = "größe,name,😀\n1.5,\"a, \"\"b\"\"\",yes\n,Ωmega,no\n-3,𝕏,yes\n";
        String id = client.uploadText("%F0%A0%80%80%20gr%C3%B6%C3%9Fe", csv);

        JsonNode rows = client.get("/v1/datasets/" + id + "/rows").expect(200).json();
        assertThat(client.get("/v1/datasets/" + id)
                        .expect(200)
                        .json()
                        .get("name")
                        .asString())
                .isEqualTo("𠀀 größe");
        assertThat(rows.get("columns").toString()).isEqualTo("[\"größe\",\"name\",\"😀\"]");
        assertThat(rows.get("data").get(0).get("größe").asDouble()).isEqualTo(1.5);
        assertThat(rows.get("data").get(0).get("name").asString()).isEqualTo("a, \"b\"");
        assertThat(rows.get("data").get(1).get("größe").isNull()).isTrue();
        assertThat(rows.get("data").get(2).get("name").asString()).isEqualTo("𝕏");
        assertThat(rows.get("total").asInt()).isEqualTo(3);
        assertThat(client.get("/v1/datasets/" + id + "/content").bytes()).isEqualTo(csv.getBytes(UTF_8));
    }

    @Test
    void fiftyRequestsWithOneKeyAtOnceMakeOneJob() throws Exception {
        String body = request("key").toString();
        List<Callable<DescentClient.Answer>> posts = IntStream.range(0, 50)
                .<Callable<DescentClient.Answer>>mapToObj(
                        n -> () -> client.post("/v1/training-jobs", body, "Idempotency-Key", "once"))
                .toList();
        List<DescentClient.Answer> answers = atOnce(posts);
        DescentClient.Answer later = client.post("/v1/training-jobs", body, "Idempotency-Key", "once");

        assertThat(answers)
                .extracting(DescentClient.Answer::status)
                .isSubsetOf(202, 409)
                .contains(202);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 202)
                .extracting(answer -> answer.expect(202).id())
                .containsOnly(later.expect(202).id());
        assertThat(sql.queryForObject("select count(*) from training_job", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void aKeyBelongsToOneRequest() {
        String first = request("key").toString();
        String id = client.post("/v1/training-jobs", first, "Idempotency-Key", "k")
                .expect(202)
                .id();

        assertThat(client.post("/v1/training-jobs", request("other").toString(), "Idempotency-Key", "k")
                        .status())
                .isEqualTo(422);
        assertThat(client.post("/v1/training-jobs", first, "Idempotency-Key", "k".repeat(256))
                        .status())
                .isEqualTo(400);
        assertThat(client.post("/v1/training-jobs", first, "Idempotency-Key", "k2")
                        .expect(202)
                        .id())
                .isNotEqualTo(id);
        byte[] csv = "x,y\n1,2\n".getBytes(UTF_8);
        String uploaded = client.post("/v1/datasets", "text/csv", csv, "Idempotency-Key", "k")
                .expect(201)
                .id();
        assertThat(client.post("/v1/datasets", "text/csv", csv, "Idempotency-Key", "k")
                        .expect(201)
                        .id())
                .isEqualTo(uploaded);
        assertThat(client.post("/v1/datasets", "text/csv", "x,y\n1,3\n".getBytes(UTF_8), "Idempotency-Key", "k")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aRequestThatComesAgainIsAnsweredByteForByteUntilWhatItMadeIsDeleted() {
        String body = request("key").toString();
        DescentClient.Answer job = client.post("/v1/training-jobs", body, "Idempotency-Key", "again")
                .expect(202);
        client.post("/v1/training-jobs/" + job.id() + "/cancel").expect(200);
        assertRepeated(job, client.post("/v1/training-jobs", body, "Idempotency-Key", "again"));
        client.delete("/v1/training-jobs/" + job.id()).expect(204);
        client.post("/v1/training-jobs", body, "Idempotency-Key", "again").expect(404);

        byte[] csv = "x,größe\n1,2\n".getBytes(UTF_8);
        DescentClient.Answer upload = client.post(
                        "/v1/datasets?name=%C3%A4", "text/csv", csv, "Idempotency-Key", "again")
                .expect(201);
        assertRepeated(upload, client.post("/v1/datasets?name=%C3%A4", "text/csv", csv, "Idempotency-Key", "again"));
        client.delete("/v1/datasets/" + upload.id()).expect(204);
        client.post("/v1/datasets?name=%C3%A4", "text/csv", csv, "Idempotency-Key", "again")
                .expect(404);
    }

    private static void assertRepeated(DescentClient.Answer first, DescentClient.Answer again) {
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.headers().get("location")).isEqualTo(first.headers().get("location"));
        assertThat(again.headers().get("content-type"))
                .isEqualTo(first.headers().get("content-type"));
        assertThat(again.bytes()).isEqualTo(first.bytes());
    }

    /** Keys from before V9 have no response, and responses of more than a megabyte are not kept. */
    @Test
    void whereNoAnswerWasKeptItIsWhatWasMadeAsItIsNow() {
        String body = request("key").toString();
        DescentClient.Answer job =
                client.post("/v1/training-jobs", body, "Idempotency-Key", "old").expect(202);
        sql.update("update idempotency_key set status = null, location = null, body = null");
        client.post("/v1/training-jobs/" + job.id() + "/cancel").expect(200);

        DescentClient.Answer again =
                client.post("/v1/training-jobs", body, "Idempotency-Key", "old").expect(202);
        assertThat(again.id()).isEqualTo(job.id());
        assertThat(again.json().path("status").asString()).isEqualTo("cancelled");
        assertThat(again.headers().get("location")).isEqualTo(job.headers().get("location"));
        client.delete("/v1/training-jobs/" + job.id()).expect(204);
        client.post("/v1/training-jobs", body, "Idempotency-Key", "old").expect(404);
    }

    @Test
    void anAnswerThatIsTooLongIsNotKept() {
        String header = IntStream.range(0, 5_000).mapToObj(n -> "column_" + n).collect(Collectors.joining(","));
        byte[] csv = (header + "\n" + "1,".repeat(4_999) + "1\n").getBytes(UTF_8);
        DescentClient.Answer upload = client.post("/v1/datasets", "text/csv", csv, "Idempotency-Key", "wide")
                .expect(201);
        assertThat(upload.bytes().length).isGreaterThan(1 << 20);
        assertThat(sql.queryForObject("select count(*) from idempotency_key where body is null", Integer.class))
                .isEqualTo(1);

        assertRepeated(upload, client.post("/v1/datasets", "text/csv", csv, "Idempotency-Key", "wide"));
        client.delete("/v1/datasets/" + upload.id()).expect(204);
        client.post("/v1/datasets", "text/csv", csv, "Idempotency-Key", "wide").expect(404);
    }

    @Test
    void aRequestThatWasRefusedLeavesItsKeyFree() {
        assertThat(client.post("/v1/training-jobs", "{}", "Idempotency-Key", "free")
                        .status())
                .isEqualTo(422);
        assertThat(client.post("/v1/training-jobs", request("key").toString(), "Idempotency-Key", "free")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void aJobIsTakenInOrRefusedWithoutReadingItsDataset() throws IOException {
        Files.delete(home.resolve("datasets").resolve(dataset + ".csv"));

        ObjectNode split = json("{'train':98,'validation':1,'test':1}");

        client.post("/v1/training-jobs", request("unread")).expect(202);
        client.post("/v1/training-jobs", request("unread").set("split", split))
                .expectFault(422, "#/split/validation", "10 rows leave none for the validation part");
    }

    @Test
    void jobsAreFoundByTheirMetadata() {
        String a1 = create(training("m", Map.of("team", "a", "run", "1"))).id();
        String a2 = create(training("m", Map.of("team", "a", "run", "2"))).id();
        create(training("m", Map.of("team", "b", "run", "1")));
        create(training("m", Map.of("run", "a")));

        assertThat(found(Map.of("team", "a"))).containsExactly(a2, a1);
        assertThat(found(Map.of("team", "a", "run", "1"))).containsExactly(a1);
        assertThat(found(Map.of("team", "c"))).isEmpty();
        assertThat(found(Map.of())).hasSize(4);
    }

    private List<String> found(Map<String, String> metadata) {
        return list.page(StoreTest.ADMIN, new Cursor(20, "zzzz"), null, metadata).data().stream()
                .map(TrainingJobView::id)
                .toList();
    }

    @Test
    void pagesCoverEveryJobOnceFromTheNewestOn() {
        ResolvedTraining training = training("pages");
        List<String> created =
                IntStream.range(0, 7).mapToObj(n -> create(training).id()).toList();
        List<String> seen = new ArrayList<>();
        Listing<TrainingJobView> page;
        do {
            page = list.page(
                    StoreTest.ADMIN, Cursor.of(3, seen.isEmpty() ? null : seen.get(seen.size() - 1)), null, Map.of());
            page.data().forEach(job -> seen.add(job.id()));
        } while (page.hasMore());

        assertThat(seen).hasSize(7).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(seen).containsExactlyInAnyOrderElementsOf(created);
    }

    @Test
    void textsOfEveryScriptAreKept() {
        String name = "𠀀".repeat(200);
        ObjectNode request = request("texts");
        request.put("name", name);
        request.putObject("metadata").put("größe", "𝕏 😀 \" \\ ' 漢字");
        TrainingJobView job = jobs.get(
                StoreTest.ADMIN,
                create(resolver.resolve(StoreTest.ADMIN, request)).id());

        assertThat(job.name()).isEqualTo(name);
        assertThat(job.metadata()).isEqualTo(Map.of("größe", "𝕏 😀 \" \\ ' 漢字"));
        assertThat(found(Map.of("größe", "𝕏 😀 \" \\ ' 漢字"))).containsExactly(job.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"a\\u0000b\"}",
                "{\"metadata\": {\"team\": \"\\u0000\"}}",
                "{\"metadata\": {\"\\u0000\": \"a\"}}",
                "{\"name\": \"half a pair: \\ud83d\"}",
                "{\"metadata\": {\"team\": \"\\udc00\"}}"
            })
    void textsThatNoDatabaseCanKeepAreRefused(String fields) {
        // Assembled as a string, because an unpaired surrogate can only be sent as an escape.
        String request = "{\"dataset\": \"%s\", \"target\": \"y\", %s".formatted(dataset, fields.substring(1));

        JsonNode problem = client.post("/v1/training-jobs", request).expect(422).json();
        assertThat(problem.get("errors").get(0).get("detail").asString()).contains("accepted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/datasets?name=%00",
                "/v1/training-jobs?metadata%5Bteam%5D=%00",
                "/v1/training-jobs?metadata%5B%00%5D=a",
                "/v1/models?after=%00"
            })
    void noFilterAsksForATextThatNoDatabaseCanKeep(String path) {
        assertThat(client.get(path).expect(422).json().get("errors")).hasSize(1);
    }

    @Test
    void aDatasetsNameIsHeldToTheSameRules() {
        byte[] csv = "x,y\n1,2\n".getBytes(UTF_8);
        assertThat(client.post("/v1/datasets?name=a%00b", "text/csv", csv).status())
                .isEqualTo(422);
        assertThat(client.post("/v1/datasets", "multipart/form-data; boundary=b", form("a%00b.csv"))
                        .status())
                .isEqualTo(400);
        assertThat(client.post("/v1/datasets", "multipart/form-data; boundary=b", form("a%01%F0%9F%98%80.csv"))
                        .expect(201)
                        .json()
                        .get("name")
                        .asString())
                .isEqualTo("a_");
        assertThat(client.post("/v1/datasets", "text/csv", "x\0,y\n1,2\n".getBytes(UTF_8))
                        .status())
                .isEqualTo(422);
    }

    private static byte[] form(String fileName) {
        return "--b\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''%s\r\n\r\nx,y\n1,2\r\n--b--\r\n"
                .formatted(fileName)
                .getBytes(UTF_8);
    }
}
