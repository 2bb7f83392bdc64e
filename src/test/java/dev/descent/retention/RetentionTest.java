package dev.descent.retention;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.access.key.ApiKeys;
import dev.descent.access.key.TestKeys;
import dev.descent.principal.Scope;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

@DescentTest
class RetentionTest {

    private static final String ROW =
            "{\"rows\":[{\"sepal_length\":5,\"sepal_width\":3,\"petal_length\":1,\"petal_width\":1}]}";

    @Autowired
    private JdbcTemplate sql;

    private DescentClient admin;
    private DescentClient ann;
    private DescentClient ben;
    private String annName;

    @BeforeEach
    void connect(@LocalServerPort int port, @Autowired ApiKeys keys) {
        admin = new DescentClient(port);
        annName = "ann-" + UUID.randomUUID();
        ann = admin.as(TestKeys.make(keys, annName, Scope.READ, Scope.TRAIN, Scope.PREDICT));
        ben = admin.as(TestKeys.make(keys, "ben-" + UUID.randomUUID(), Scope.READ, Scope.TRAIN, Scope.PREDICT));
    }

    private static String iris(DescentClient client) {
        return client.uploadFile("src/test/resources/data/iris.csv");
    }

    private static String train(DescentClient client, String dataset, String model) {
        JsonNode job = client.train(json(
                "{'dataset':'%s','target':'species','model':'%s','hyperparameters':{'epochs':1}}", dataset, model));
        assertThat(job.path("status").asString()).isEqualTo("succeeded");
        return job.path("id").asString();
    }

    private static int predictedBy(DescentClient client, String model) {
        return client.post("/v1/models/%s/predict".formatted(model), ROW)
                .expect(200)
                .json()
                .at("/model/version")
                .asInt();
    }

    @Test
    void theNewestVersionThatIsLeftPredictsAndNoNumberComesTwice() {
        String dataset = iris(ann);
        String job = train(ann, dataset, "flower");
        train(ann, dataset, "flower");
        assertThat(predictedBy(ann, "flower")).isEqualTo(2);

        ann.delete("/v1/models/flower/versions/2").expect(204);
        assertThat(predictedBy(ann, "flower")).isOne();
        ann.get("/v1/models/flower/versions/2").expect(404);
        ann.post("/v1/models/flower/predict?version=2", ROW).expect(404);
        ann.delete("/v1/models/flower/versions/2").expect(404);
        train(ann, dataset, "flower");
        assertThat(predictedBy(ann, "flower")).isEqualTo(3);

        ann.delete("/v1/models/flower").expect(204);
        ann.get("/v1/models/flower").expect(404);
        ann.post("/v1/models/flower/predict", ROW).expect(404);
        assertThat(ann.job(job).at("/model/version").asInt()).as("history").isOne();
        train(ann, dataset, "flower");
        assertThat(predictedBy(ann, "flower")).isEqualTo(4);
    }

    @Test
    void aModelIsDeletedByItsOwnerAlone() {
        train(ann, iris(ann), "mine");
        ben.delete("/v1/models/mine").expect(404);
        ben.delete("/v1/models/mine/versions/1?owner=" + annName).expect(404);
        ann.put("/v1/models/mine/visibility", "{\"visibility\":\"shared\"}").expect(200);
        ben.delete("/v1/models/mine?owner=" + annName).expect(403);
        ben.delete("/v1/models/mine/versions/1?owner=" + annName).expect(403);
        admin.delete("/v1/models/mine?owner=" + annName).expect(204);
        ann.get("/v1/models/mine").expect(404);
    }

    @Test
    void whatWasDeletedIsNoLongerAnsweredForItsKey() {
        String dataset = iris(ann);
        String request =
                "{\"dataset\":\"%s\",\"target\":\"species\",\"hyperparameters\":{\"epochs\":1}}".formatted(dataset);
        String job = ann.post("/v1/training-jobs", request, "Idempotency-Key", "once")
                .expect(202)
                .id();
        ann.awaitEnd(job);
        ann.delete("/v1/training-jobs/" + job).expect(204);

        for (String table :
                new String[] {"epoch", "checkpoint", "job_change", "training_job_transition", "training_job_metadata"
                }) {
            assertThat(sql.queryForObject(
                            "select count(*) from %s where job_id = ?".formatted(table), Integer.class, job))
                    .as(table)
                    .isZero();
        }
        assertThat(sql.queryForObject(
                        "select count(*) from idempotency_key where resource_id = ? and body is not null",
                        Integer.class,
                        job))
                .isZero();
        ann.post("/v1/training-jobs", request, "Idempotency-Key", "once").expect(404);
    }

    @Test
    void rulesRemoveWhatTheyNameAfterAPreview() {
        String used = iris(ann);
        String unused = iris(ann);
        String shared = iris(ann);
        ann.put("/v1/datasets/%s/visibility".formatted(shared), "{\"visibility\":\"shared\"}")
                .expect(200);
        for (int version = 1; version <= 4; version++) {
            train(ann, used, "flower");
        }
        train(ben, iris(ben), "flower");
        String failed = train(ann, used, "other");
        sql.update("update training_job set status = 'FAILED' where id = ?", failed);
        String live = ben.submit(
                json("{'dataset':'%s','target':'species','hyperparameters':{'epochs':100000,'batch_size':1}}", shared));
        ann.post("/v1/models/flower/predict?version=2", ROW).expect(200);
        sql.update(
                "update dataset set created_at = timestamp with time zone '2020-01-01 00:00:00Z' where id in (?, ?)",
                unused,
                shared);
        sql.update("update model_version set created_at = timestamp with time zone '2020-01-01 00:00:00Z'");
        sql.update(
                "update dataset_use set used_at = timestamp with time zone '2020-01-01 00:00:00Z' where dataset_id in (?, ?)",
                unused,
                shared);

        assertThat(ann.get("/v1/retention")
                        .expect(200)
                        .json()
                        .path("newest_versions")
                        .isNull())
                .isTrue();
        assertThat(ann.post("/v1/retention:apply")
                        .expect(200)
                        .json()
                        .at("/versions/count")
                        .asInt())
                .isZero();
        String rules = "{\"newest_versions\":3,\"unused_days\":30,\"failed_job_days\":0}";
        JsonNode preview = ann.post("/v1/retention:preview", rules).expect(200).json();
        assertThat(ids(preview, "/versions/data", "version")).isEqualTo("1 3");
        assertThat(preview.at("/versions/data/0/reasons").toString())
                .isEqualTo("[\"newest_versions\",\"unused_days\"]");
        assertThat(ids(preview, "/datasets/data", "id")).isEqualTo(unused);
        assertThat(ids(preview, "/jobs/data", "id")).isEqualTo(failed);
        assertThat(preview.at("/versions/bytes").asLong()).isPositive();
        ann.get("/v1/datasets/" + unused).expect(200);

        ann.put("/v1/retention", rules).expect(200);
        ann.put("/v1/retention", "{\"newest_versions\":0}").expectFault(422, "#/newest_versions", "0");
        ben.get("/v1/retention?owner=" + annName).expect(403);
        JsonNode result =
                admin.post("/v1/retention:apply?owner=" + annName).expect(200).json();
        assertThat(result.at("/versions/count").asInt()).isEqualTo(2);
        ann.get("/v1/datasets/" + unused).expect(404);
        ann.get("/v1/datasets/" + used).expect(200);
        ann.get("/v1/datasets/" + shared).expect(200);
        ann.get("/v1/training-jobs/" + failed).expect(404);
        ann.get("/v1/models/flower/versions/1").expect(404);
        ann.get("/v1/models/flower/versions/2").expect(200);
        ann.get("/v1/models/flower/versions/4").expect(200);
        ben.get("/v1/models/flower/versions/1").expect(200);
        assertThat(ann.post("/v1/retention:apply")
                        .expect(200)
                        .json()
                        .at("/versions/count")
                        .asInt())
                .isZero();
        ben.act(live, "cancel").expect(200);
        ben.awaitEnd(live);
    }

    private static String ids(JsonNode report, String list, String field) {
        return report.at(list)
                .valueStream()
                .map(entry -> entry.path(field).asString())
                .reduce((one, other) -> one + " " + other)
                .orElse("");
    }

    @Test
    void everythingMadeFromAFileIsErasedByItsDigest() {
        String canary = UUID.randomUUID().toString();
        String csv = "x,kind\n" + ("1,a\n2,b\n3," + canary + "\n").repeat(20);
        String first = ann.uploadText("first", csv);
        String second = ann.uploadText("second", csv);
        String other = iris(ann);
        String digest = ann.get("/v1/datasets/" + first).json().path("sha256").asString();
        assertThat(ann.get("/v1/datasets?sha256=" + digest)
                        .expect(200)
                        .json()
                        .path("data")
                        .size())
                .isEqualTo(2);
        assertThat(ben.get("/v1/datasets?sha256=" + digest)
                        .expect(200)
                        .json()
                        .path("data")
                        .size())
                .isZero();
        String request =
                "{'dataset':'%s','target':'kind','model':'kind','hyperparameters':{'epochs':%d,'batch_size':1}}";
        String job = ann.train(json(request, first, 1)).path("id").asString();
        ann.delete("/v1/datasets/" + first).expect(204);
        String kept = train(ann, other, "flower");
        String live = ann.submit(json(request, second, 100_000));

        String erasure = "{\"dataset_sha256\":\"%s\",\"dry_run\":%s}";
        ann.post("/v1/erasures", "{\"dataset_sha256\":\"%s\"}".formatted(digest))
                .expectFault(422, "#/dry_run", "required");
        assertThat(ann.post("/v1/erasures", erasure.formatted(digest, false))
                        .expect(409)
                        .text())
                .contains(live);
        JsonNode dry = ann.post("/v1/erasures", erasure.formatted(digest, true))
                .expect(200)
                .json();
        assertThat(dry.path("live_jobs").toString()).contains(live);
        assertThat(dry.path("datasets").toString()).contains(second).doesNotContain(other);
        assertThat(dry.path("jobs").toString()).contains(job).doesNotContain(kept);
        ann.act(live, "cancel").expect(200);
        ann.awaitEnd(live);
        assertThat(ben.post("/v1/erasures", erasure.formatted(digest, false))
                        .expect(200)
                        .json()
                        .path("job_count")
                        .asInt())
                .isZero();

        JsonNode done = ann.post("/v1/erasures", erasure.formatted(digest, false))
                .expect(200)
                .json();
        assertThat(done.path("dataset_count").asInt()).isOne();
        assertThat(done.path("job_count").asInt()).isEqualTo(2);
        assertThat(done.path("version_count").asInt()).isOne();
        ann.get("/v1/datasets/" + second).expect(404);
        ann.get("/v1/training-jobs/" + job).expect(404);
        ann.get("/v1/models/kind").expect(404);
        ann.get("/v1/models/flower").expect(200);
        assertThat(ann.post("/v1/erasures", erasure.formatted(digest, false))
                        .expect(200)
                        .json()
                        .path("job_count")
                        .asInt())
                .isZero();
    }

    /** A character beyond U+FFFF is two to the embedded database. */
    @Test
    void rulesAreForNamesThatAnOwnerCanHave() {
        for (String name : List.of("a".repeat(129), "%F0%9F%98%80".repeat(65))) {
            String address = "/v1/retention?owner=" + name;
            admin.put(address, "{\"newest_versions\":1}").expectFault(422, "?owner", "up to 128 characters");
            admin.get(address).expectFault(422, "?owner", "up to 128 characters");
        }
        for (String name : List.of("a".repeat(128), "%F0%9F%98%80".repeat(64))) {
            admin.put("/v1/retention?owner=" + name, "{\"newest_versions\":1}").expect(200);
        }
    }
}
