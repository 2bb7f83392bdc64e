package dev.descent.job.worker;

import static dev.descent.testing.DescentClient.json;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.access.key.ApiKeys;
import dev.descent.access.key.TestKeys;
import dev.descent.principal.Scope;
import dev.descent.store.Sha256;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.TestToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** The audit log, which lives in the database. */
@ExtendWith(OutputCaptureExtension.class)
abstract class AuditSuite extends StoreTest {

    /** Of a key, which is its id, _ and its secret. */
    private static final int LENGTH_OF_ID = 29;

    private static final List<String> FIELDS = List.of(
            "event",
            "begun",
            "owner",
            "credential",
            "method",
            "route",
            "path",
            "remote_address",
            "status",
            "resource",
            "requests");

    @Autowired
    private ApiKeys keysOfClients;

    /** Oldest first. */
    private List<JsonNode> entriesAfter(long sequence) {
        List<JsonNode> entries = new ArrayList<>();
        JsonNode page = client.get("/v1/audit?limit=100").expect(200).json();
        page.path("data").valueStream().forEach(entries::add);
        while (page.path("has_more").asBoolean()
                && entries.get(entries.size() - 1).path("sequence").asLong() > sequence + 1) {
            long last = entries.get(entries.size() - 1).path("sequence").asLong();
            page = client.get("/v1/audit?limit=100&after=" + last).expect(200).json();
            page.path("data").valueStream().forEach(entries::add);
        }
        entries.removeIf(entry -> entry.path("sequence").asLong() <= sequence);
        Collections.reverse(entries);
        return entries;
    }

    private JsonNode verification() {
        return client.get("/v1/audit:verify").expect(200).json();
    }

    private long count() {
        return verification().path("entries").asLong();
    }

    private static List<String> of(JsonNode entry, String... fields) {
        return Stream.of(fields)
                .map(field -> entry.path(field).asString("null"))
                .toList();
    }

    @Test
    void whoChangesSomethingIsWrittenDownWithWhatCameOfIt() {
        String key = TestKeys.make(keysOfClients, "ann", Scope.READ, Scope.TRAIN);
        DescentClient ann = client.as(key);
        long before = count();
        String made = ann.uploadText("mine", "x,y\n1,2\n3,4\n");
        ann.delete("/v1/datasets/" + made).expect(204);
        ann.delete("/v1/datasets/" + made).expect(404);
        ann.post("/v1/training-jobs", "{}").expect(422);
        ann.act("job_nothing", "cancel").expect(404);

        List<JsonNode> entries = entriesAfter(before);
        assertThat(entries)
                .extracting(entry -> of(entry, "event", "method", "route", "path", "status", "resource"))
                .containsExactly(
                        List.of("begun", "POST", "/v1/datasets", "/v1/datasets", "null", "null"),
                        List.of("ended", "POST", "/v1/datasets", "/v1/datasets", "201", "/v1/datasets/" + made),
                        List.of("begun", "DELETE", "/v1/datasets/{id}", "/v1/datasets/" + made, "null", "null"),
                        List.of("ended", "DELETE", "/v1/datasets/{id}", "/v1/datasets/" + made, "204", "null"),
                        List.of("begun", "DELETE", "/v1/datasets/{id}", "/v1/datasets/" + made, "null", "null"),
                        List.of("ended", "DELETE", "/v1/datasets/{id}", "/v1/datasets/" + made, "404", "null"),
                        List.of("begun", "POST", "/v1/training-jobs", "/v1/training-jobs", "null", "null"),
                        List.of("ended", "POST", "/v1/training-jobs", "/v1/training-jobs", "422", "null"),
                        List.of(
                                "begun",
                                "POST",
                                "/v1/training-jobs/{id}/cancel",
                                "/v1/training-jobs/job_nothing/cancel",
                                "null",
                                "null"),
                        List.of(
                                "ended",
                                "POST",
                                "/v1/training-jobs/{id}/cancel",
                                "/v1/training-jobs/job_nothing/cancel",
                                "404",
                                "null"));
        assertThat(entries).allSatisfy(entry -> {
            assertThat(of(entry, "owner", "credential", "remote_address"))
                    .containsExactly("ann", key.substring(0, LENGTH_OF_ID), "127.0.0.1");
            assertThat(Instant.parse(entry.path("at").asString()))
                    .isAfter(Instant.now().minus(1, ChronoUnit.HOURS));
        });
        for (int i = 0; i < entries.size(); i += 2) {
            assertThat(entries.get(i + 1).path("begun"))
                    .isEqualTo(entries.get(i).path("sequence"));
        }
        assertThat(client.get("/v1/audit?owner=ann&limit=1").json().at("/data/0"))
                .isEqualTo(entries.get(9));
        assertThat(client.get("/v1/audit?owner=nobody").json().path("data")).isEmpty();
    }

    @Test
    void whatChangesNothingIsNotWrittenDown() {
        long before = count();
        client.get("/v1/datasets").expect(200);
        client.post("/v1/training-jobs:validate", request("any")).expect(200);
        client.post("/v1/graphs:evaluate", "{\"expression\":\"1+1\"}").expect(200);
        client.post("/v1/models/none/predict", "{\"rows\":[]}").expect(404);
        client.post("/v1/datasets?colour=red", "text/csv", new byte[] {'x'}).expect(422);
        client.delete("/v1/nothing").expect(404);

        assertThat(count()).isEqualTo(before);
    }

    @Test
    void whoIsRefusedIsWrittenDownForEveryReason() {
        String reader = TestKeys.make(keysOfClients, "rita", Scope.READ);
        Answer session = client.as(reader).post("/v1/session").expect(201);
        String cookie = session.all("set-cookie").stream()
                .filter(one -> one.startsWith("descent_session="))
                .findFirst()
                .orElseThrow();
        long before = count();
        client.as(null).get("/v1/datasets").expect(401);
        client.as("wrong").delete("/v1/datasets/any").expect(401);
        client.as(reader).post("/v1/training-jobs", "{}").expect(403);
        client.as(reader).get("/v1/audit").expect(403);
        client.as(reader).get("/v1/audit:verify").expect(403);
        client.get("/v1/datasets", "Origin", "http://evil.example").expect(403);
        client.as(null)
                .post("/v1/graphs:evaluate", "{}", "Cookie", cookie.substring(0, cookie.indexOf(';')))
                .expect(403);
        misdirect();

        assertThat(entriesAfter(before))
                .extracting(entry -> of(entry, "event", "owner", "method", "path", "status"))
                .containsExactly(
                        List.of("refused", "null", "GET", "/v1/datasets", "401"),
                        List.of("refused", "null", "DELETE", "/v1/datasets/any", "401"),
                        List.of("refused", "rita", "POST", "/v1/training-jobs", "403"),
                        List.of("refused", "rita", "GET", "/v1/audit", "403"),
                        List.of("refused", "rita", "GET", "/v1/audit:verify", "403"),
                        List.of("refused", "null", "GET", "/v1/datasets", "403"),
                        List.of("refused", "null", "POST", "/v1/graphs:evaluate", "403"),
                        List.of("refused", "null", "GET", "/v1/models", "421"));
    }

    private void misdirect() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), client.port())) {
            socket.getOutputStream()
                    .write("GET /v1/models?secret=1 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n%s\r\n\r\n"
                            .formatted(TestToken.LINE)
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(answer.readLine()).contains("421");
            assertThat(answer.lines().count()).isPositive();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @Test
    void neitherSecretsNorContentsAreWrittenDown(CapturedOutput output) {
        String key = TestKeys.make(keysOfClients, "sam", Scope.READ, Scope.TRAIN);
        String secret = key.substring(LENGTH_OF_ID + 1);
        String jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzYW0ifQ.c2lnbmF0dXJl";
        long before = count();
        client.as(key).uploadText("plain", "x,y\n17171717,2\n3,4\n");
        client.as(key).delete("/v1/datasets/" + key).expect(404);
        client.delete("/v1/datasets/" + TestToken.VALUE).expect(404);
        client.as(jwt).delete("/v1/datasets/%s?token=%s".formatted(jwt, jwt)).expect(401);
        client.as(key).post("/v1/training-jobs", "{\"17171717\":1}").expect(422);

        assertThat(entriesAfter(before)).hasSize(9);
        assertThat(entriesAfter(before).toString() + output)
                .doesNotContain(secret, TestToken.VALUE, jwt, "17171717", "c2lnbmF0dXJl");
    }

    @Test
    void theChainIsWhatTheContractSaysOfIt() {
        client.delete("/v1/datasets/a%20b%C3%A4").expect(404);
        String previous = "0".repeat(64);
        List<JsonNode> entries = entriesAfter(0);
        for (JsonNode entry : entries) {
            StringBuilder text = new StringBuilder(netString(previous));
            text.append(netString(entry.path("sequence").asString()));
            text.append(netString(Long.toString(ChronoUnit.MICROS.between(
                    Instant.EPOCH, Instant.parse(entry.path("at").asString())))));
            FIELDS.forEach(field -> text.append(
                    entry.path(field).isNull()
                            ? "-,"
                            : netString(entry.path(field).asString())));
            assertThat(entry.path("previous_hash").asString()).isEqualTo(previous);
            previous = Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
            assertThat(entry.path("hash").asString()).isEqualTo(previous);
        }
        assertThat(entries.get(entries.size() - 1).path("path").asString()).isEqualTo("/v1/datasets/a%20b%C3%A4");
        assertThat(verification())
                .isEqualTo(json(
                        "{'object':'audit.verification','entries':%d,'hash':'%s','valid':true,'first_broken':null}",
                        entries.size(), previous));
    }

    private static String netString(String text) {
        return "%d:%s,".formatted(text.getBytes(StandardCharsets.UTF_8).length, text);
    }

    /** With the first entry that each breaks, where n is the last. */
    private static final Map<String, String> TAMPERING = Map.ofEntries(
            entry("update audit_entry set path = '/v1/other' where sequence = 2", "2"),
            entry("update audit_entry set status = 200 where sequence = 2", "2"),
            entry("update audit_entry set owner = 'someone' where sequence = 1", "1"),
            entry("update audit_entry set owner = null where sequence = 1", "1"),
            entry("update audit_entry set at = at + interval '1' second where sequence = 3", "3"),
            entry("update audit_entry set hash = previous_hash where sequence = 3", "3"),
            entry("delete from audit_entry where sequence = 1", "1"),
            entry("delete from audit_entry where sequence = 2", "2"),
            entry("delete from audit_entry where sequence = n", "n"),
            entry("delete from audit_entry where sequence >= n - 1", "n-1"),
            entry("delete from audit_entry", "1"),
            entry(
                    "update audit_entry set sequence = 1000000 + 5 - sequence where sequence in (2, 3);update audit_entry set sequence = sequence - 1000000 where sequence > 1000000",
                    "2"),
            entry(
                    "insert into audit_entry select sequence + 1, at, event, begun, owner, credential, method, route, path, remote_address, status, resource, requests, hash, hash from audit_entry where sequence = n",
                    "n+1"),
            entry("update audit_head set entries = n - 1", "n"),
            entry("update audit_head set hash = 'none'", "n"),
            entry("delete from audit_head", "1"));

    @Test
    void everyWayOfTamperingIsFound() {
        client.delete("/v1/datasets/nothing").expect(404);
        client.delete("/v1/datasets/nothing").expect(404);
        long last = count();
        sql.execute("create table entries_before as select * from audit_entry");
        sql.execute("create table head_before as select * from audit_head");
        guard(false);
        try {
            TAMPERING.forEach((statements, broken) -> {
                for (String statement : statements.split(";")) {
                    assertThat(sql.update(statement.replaceAll("\\bn\\b", Long.toString(last))))
                            .as(statement)
                            .isPositive();
                }
                assertThat(verification().path("valid").asBoolean())
                        .as(statements)
                        .isFalse();
                assertThat(verification().path("first_broken").asLong())
                        .as(statements)
                        .isEqualTo(
                                switch (broken) {
                                    case "n" -> last;
                                    case "n-1" -> last - 1;
                                    case "n+1" -> last + 1;
                                    default -> Long.parseLong(broken);
                                });
                restore();
                assertThat(verification().path("valid").asBoolean()).isTrue();
            });
        } finally {
            restore();
            sql.execute("drop table entries_before");
            sql.execute("drop table head_before");
            guard(true);
        }
    }

    private void restore() {
        sql.update("delete from audit_entry");
        sql.update("insert into audit_entry select * from entries_before");
        sql.update("delete from audit_head");
        sql.update("insert into audit_head select * from head_before");
    }

    /** Switches off what the database itself does to keep entries, as only its owner can. */
    void guard(boolean on) {}

    @Test
    void withoutItsAuditLogNothingIsChanged() {
        long before = count();
        sql.execute("alter table audit_head rename to hidden");
        try {
            Answer refused = client.delete("/v1/datasets/" + dataset).expect(503);
            assertThat(refused.headers()).containsKey("retry-after");
            assertThat(refused.text()).contains("audit log");
            client.get("/v1/datasets/" + dataset).expect(200);
            client.as("wrong").get("/v1/datasets").expect(401);
        } finally {
            sql.execute("alter table hidden rename to audit_head");
        }
        assertThat(count()).isEqualTo(before);
        client.delete("/v1/datasets/" + dataset).expect(204);
    }

    @Test
    void manyAtOnceMakeOneChain() throws Exception {
        long before = count();
        int threads = 8;
        int each = 5;
        List<Callable<Integer>> tasks = IntStream.range(0, threads)
                .<Callable<Integer>>mapToObj(thread -> () -> {
                    for (int i = 0; i < each; i++) {
                        client.delete("/v1/datasets/none_%d_%d".formatted(thread, i))
                                .expect(404);
                    }
                    return each;
                })
                .toList();
        atOnce(tasks);

        assertThat(verification().path("valid").asBoolean()).isTrue();
        assertThat(count()).isEqualTo(before + 2L * threads * each);
    }
}
