package dev.descent.access;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.access.key.ApiKeys;
import dev.descent.access.key.TestKeys;
import dev.descent.principal.Scope;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@DescentTest
class OwnersTest {

    private static final String IRIS = "src/test/resources/data/iris.csv";

    @LocalServerPort
    private int port;

    @Autowired
    private ApiKeys keys;

    private DescentClient admin;
    private DescentClient ann;
    private DescentClient ben;

    @BeforeEach
    void connect() {
        admin = new DescentClient(port);
        ann = admin.as(TestKeys.make(keys, "ann", Scope.READ, Scope.TRAIN, Scope.PREDICT));
        ben = admin.as(TestKeys.make(keys, "ben", Scope.READ, Scope.TRAIN, Scope.PREDICT));
    }

    private static String train(DescentClient client, String dataset, String model) {
        JsonNode job = client.train(json(
                "{'dataset':'%s','target':'species','model':'%s','hyperparameters':{'epochs':1}}", dataset, model));
        assertThat(job.path("status").asString()).isEqualTo("succeeded");
        return job.path("id").asString();
    }

    @Test
    void whatIsSomeoneElsesIsNotFound() {
        String dataset = ann.uploadFile(IRIS);
        String job = train(ann, dataset, "secret");
        assertThat(ann.job(job).path("owner").asString()).isEqualTo("ann");

        List<String> reads = List.of(
                "/v1/datasets/" + dataset,
                "/v1/datasets/%s/rows".formatted(dataset),
                "/v1/datasets/%s/content".formatted(dataset),
                "/v1/training-jobs/" + job,
                "/v1/training-jobs/%s/metrics".formatted(job),
                "/v1/training-jobs/%s/events".formatted(job),
                "/v1/training-jobs/%s/checkpoints".formatted(job),
                "/v1/training-jobs/%s/diagnosis".formatted(job),
                "/v1/models/secret",
                "/v1/models/secret?owner=ann",
                "/v1/models/secret/versions/1");
        for (String path : reads) {
            ann.get(path).expect(200);
            admin.get(path).expect(200);
            String mine = ben.get(path).expect(404).text();
            String none = ben.get(path.replace(dataset, "ds_none")
                            .replace(job, "job_none")
                            .replace("secret", "none"))
                    .expect(404)
                    .text();
            assertThat(mine.replace(dataset, "ds_none").replace(job, "job_none").replace("secret", "none"))
                    .as("as if there were nothing")
                    .isEqualTo(none);
        }
        ben.get("/v1/training-jobs/" + job, "Prefer", "wait=20").expect(404);
        for (String action : List.of("cancel", "pause", "resume")) {
            ben.act(job, action).expect(404);
        }
        ben.patch("/v1/training-jobs/" + job, "{\"epochs\":5}").expect(404);
        ben.put("/v1/datasets/%s/visibility".formatted(dataset), "{\"visibility\":\"shared\"}")
                .expect(404);
        ben.put("/v1/models/secret/visibility", "{\"visibility\":\"shared\"}").expect(404);
        ben.post("/v1/training-jobs", "{\"dataset\":\"%s\"}".formatted(dataset))
                .expectFault(422, "#/dataset", "the id of an uploaded dataset");
        ben.post("/v1/models/secret/predict", "{\"rows\":[]}").expect(404);
        ben.delete("/v1/training-jobs/" + job).expect(404);
        ben.delete("/v1/datasets/" + dataset).expect(404);
        for (String path : List.of("/v1/datasets", "/v1/training-jobs", "/v1/models")) {
            assertThat(ids(ben, path)).doesNotContainAnyElementsOf(ids(ann, path));
            assertThat(ids(admin, path)).containsAll(ids(ann, path)).containsAll(ids(ben, path));
        }
    }

    @Test
    void twoOwnersMayUseTheSameNamesAndKeys() {
        String ofAnn = ann.uploadFile(IRIS);
        String ofBen = ben.uploadFile(IRIS);
        train(ann, ofAnn, "twin");
        train(ann, ofAnn, "twin");
        train(ben, ofBen, "twin");

        assertThat(ann.get("/v1/models/twin").json().path("newest_version").asInt())
                .isEqualTo(2);
        assertThat(ben.get("/v1/models/twin").json().path("newest_version").asInt())
                .isOne();
        admin.get("/v1/models/twin").expect(409);
        assertThat(admin.get("/v1/models/twin?owner=ben").json().path("owner").asString())
                .isEqualTo("ben");

        String request = "{\"dataset\":\"%s\",\"target\":\"species\"}";
        String key = "one-key";
        String first = ann.post("/v1/training-jobs", request.formatted(ofAnn), "Idempotency-Key", key)
                .expect(202)
                .id();
        assertThat(ben.post("/v1/training-jobs", request.formatted(ofBen), "Idempotency-Key", key)
                        .expect(202)
                        .id())
                .isNotEqualTo(first);
        assertThat(ann.post("/v1/training-jobs", request.formatted(ofAnn), "Idempotency-Key", key)
                        .expect(202)
                        .id())
                .isEqualTo(first);
    }

    @Test
    void whatIsSharedIsSeenAndUsedButChangedByItsOwnerAlone() {
        String dataset = ann.uploadFile(IRIS);
        String job = train(ann, dataset, "common");
        ann.put("/v1/datasets/%s/visibility".formatted(dataset), "{\"visibility\":\"shared\"}")
                .expect(200);
        ann.put("/v1/models/common/visibility", "{\"visibility\":\"shared\"}").expect(200);

        ben.get("/v1/datasets/" + dataset).expect(200);
        train(ben, dataset, "of-ben");
        JsonNode version = ben.get("/v1/models/common/versions/1").expect(200).json();
        assertThat(version.path("job").isNull() && version.path("dataset").isNull())
                .isTrue();
        ben.post(
                        "/v1/models/common/predict",
                        "{\"rows\":[{\"sepal_length\":5,\"sepal_width\":3,\"petal_length\":1,\"petal_width\":1}]}")
                .expect(200);
        ben.delete("/v1/datasets/" + dataset).expect(403);
        ben.get("/v1/training-jobs/" + job).expect(404);
        ben.put("/v1/models/common/visibility", "{\"visibility\":\"private\"}").expect(403);

        ann.put("/v1/models/common/visibility", "{\"visibility\":\"private\"}").expect(200);
        ben.post("/v1/models/common/predict", "{\"rows\":[]}").expect(404);
    }

    @Test
    void anAdministratorGivesThingsToOthers() {
        String dataset = ann.uploadFile(IRIS);
        String job = train(ann, dataset, "given");
        String toBen = "{\"owner\":\"ben\"}";
        ann.put("/v1/datasets/%s/owner".formatted(dataset), toBen).expect(403);
        for (String path : List.of("/v1/datasets/" + dataset, "/v1/training-jobs/" + job, "/v1/models/given")) {
            assertThat(admin.put(path + "/owner", toBen)
                            .expect(200)
                            .json()
                            .path("owner")
                            .asString())
                    .isEqualTo("ben");
            ann.get(path).expect(404);
            ben.get(path).expect(200);
            admin.put(path + "/owner", toBen).expect(200);
            admin.put(path + "/owner", toBen).expect(200);
        }
        admin.put("/v1/datasets/%s/owner".formatted(dataset), "{\"owner\":\"no one\"}")
                .expectFault(422, "#/owner", "no one", "letters");
    }

    @Test
    void anOwnerIsNoPartOfARequest() {
        String dataset = ann.uploadFile(IRIS);
        ann.post(
                        "/v1/training-jobs",
                        "{\"dataset\":\"%s\",\"target\":\"species\",\"owner\":\"ben\"}".formatted(dataset))
                .expectFault(422, "#/owner", "credential");
    }

    private static Set<String> ids(DescentClient client, String path) {
        List<JsonNode> all = new ArrayList<>();
        String after = "";
        JsonNode page;
        do {
            page = client.get(path + "?limit=100" + after).expect(200).json();
            page.path("data").forEach(all::add);
            after = all.isEmpty()
                    ? ""
                    : "&after=" + all.get(all.size() - 1).path("id").asString();
        } while (page.path("has_more").asBoolean());
        return all.stream()
                .filter(entry -> !entry.path("visibility").asString("").equals("shared"))
                .map(entry -> entry.path("id").asString())
                .collect(Collectors.toSet());
    }
}
