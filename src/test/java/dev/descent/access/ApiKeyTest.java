package dev.descent.access;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

@DescentTest
class ApiKeyTest {

    private static final String KEYS = "/v1/api-keys";
    private static final String SESSION = "/v1/session";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate sql;

    private DescentClient admin;

    @BeforeEach
    void connect() {
        admin = new DescentClient(port);
    }

    private JsonNode make(String singleQuoted) {
        return admin.post(KEYS, json(singleQuoted)).expect(201).json();
    }

    private JsonNode keyOf(String owner, String scopes) {
        return make("{'name':'test','owner':'%s','scopes':[%s]}".formatted(owner, scopes));
    }

    private DescentClient with(JsonNode key) {
        return admin.as(key.path("key").asString());
    }

    private static String address(JsonNode key) {
        return KEYS + "/" + key.path("id").asString();
    }

    @Test
    void aKeyActsForItsOwnerAndIsShownOnce() {
        Answer made =
                admin.post(KEYS, json("{'name':'Łódź ci','owner':'alice'}")).expect(201);
        JsonNode key = made.json();
        String secret = key.path("key").asString();
        assertThat(made.headers().get("location")).isEqualTo(address(key));
        assertThat(made.headers().get("cache-control")).contains("no-store");
        assertThat(secret).startsWith(key.path("id").asString() + "_");
        assertThat(key.path("scopes").valueStream().map(JsonNode::asString))
                .containsExactly("predict", "read", "train");

        JsonNode holder = with(key).get(SESSION).expect(200).json();
        assertThat(holder.path("owner").asString()).isEqualTo("alice");
        assertThat(holder.path("credential").asString())
                .isEqualTo(key.path("id").asString());

        String again = admin.get(address(key)).expect(200).text();
        String listed = admin.get(KEYS + "?limit=100").expect(200).text();
        String stored = sql.queryForList("select * from api_key").toString();
        assertThat(listed).contains(key.path("id").asString());
        String secretPart = secret.substring(secret.lastIndexOf(key.path("id").asString()) + 30);
        assertThat(again + listed + stored).doesNotContain(secretPart);
        assertThat(json(again.replace('"', '\'')).path("last_used_at").isNull()).isFalse();
    }

    @Test
    void ownersSeeTheirOwnKeysAlone() {
        List<JsonNode> own = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            own.add(keyOf("lister", "'read'"));
        }
        JsonNode other = keyOf("other", "'read','train','predict'");
        DescentClient lister = with(own.get(0));

        JsonNode first = lister.get(KEYS + "?limit=2").expect(200).json();
        assertThat(ids(first)).containsExactly(id(own.get(2)), id(own.get(1)));
        assertThat(first.path("has_more").asBoolean()).isTrue();
        JsonNode second = lister.get(KEYS + "?limit=2&after=" + id(own.get(1)))
                .expect(200)
                .json();
        assertThat(ids(second)).containsExactly(id(own.get(0)));
        assertThat(second.path("has_more").asBoolean()).isFalse();
        lister.get(address(other)).expect(404);
        lister.delete(address(other)).expect(404);
        rotate(lister, other, 0).expect(404);
        with(other).get(SESSION).expect(200);
        String session = lister.post(SESSION).expect(201).json().path("owner").asString();
        assertThat(session).isEqualTo("lister");
        assertThat(ids(lister.get(KEYS).expect(200).json())).hasSize(3);
    }

    private static List<String> ids(JsonNode page) {
        return page.path("data").valueStream().map(ApiKeyTest::id).toList();
    }

    private static String id(JsonNode key) {
        return key.path("id").asString();
    }

    private static Answer rotate(DescentClient client, JsonNode key, int overlap) {
        return client.post(address(key) + "/rotate", json("{'overlap_seconds':%d}", overlap));
    }

    @Test
    void aDeletedKeyEndsAtOnceWithItsSessions() {
        JsonNode key = keyOf("deleted", "'read'");
        String cookie = cookie(with(key));
        DescentClient browser = admin.as(null);
        browser.get(SESSION, "Cookie", cookie).expect(200);

        with(key).delete(address(key)).expect(204);

        with(key).get(SESSION).expect(401);
        browser.get(SESSION, "Cookie", cookie).expect(401);
        admin.get(address(key)).expect(404);
        admin.delete(address(key)).expect(404);
    }

    /** Of a new session. */
    private static String cookie(DescentClient client) {
        return client.post(SESSION).expect(201).all("set-cookie").stream()
                .filter(cookie -> cookie.startsWith("descent_session="))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCredentialHasNoMoreThanAHundredSessions() {
        DescentClient busy = with(keyOf("busy", "'read'"));
        String other = cookie(with(keyOf("calm", "'read'")));
        List<String> cookies = new ArrayList<>();
        for (int i = 0; i <= 100; i++) {
            cookies.add(cookie(busy));
        }
        DescentClient browser = admin.as(null);

        browser.get(SESSION, "Cookie", cookies.get(0)).expect(401);
        for (String last : List.of(cookies.get(1), cookies.get(100), other)) {
            browser.get(SESSION, "Cookie", last).expect(200);
        }
    }

    @Test
    void aKeyExpiresWithItsSessions() {
        Instant end = Instant.now().plusSeconds(3600);
        JsonNode key = make("{'name':'short','owner':'brief','expires_at':'%s'}".formatted(end));
        String cookie = cookie(with(key));
        DescentClient browser = admin.as(null);
        with(key).get(SESSION).expect(200);
        browser.get(SESSION, "Cookie", cookie).expect(200);

        sql.update("update api_key set expires_at = created_at where id = ?", id(key));

        await().until(() -> with(key).get(SESSION).status() == 401);
        browser.get(SESSION, "Cookie", cookie).expect(401);
        rotate(admin, key, 60).expect(409);
        admin.get(address(key)).expect(200);
    }

    @Test
    void aRotatedKeyIsValidBesideTheNewOneForTheOverlap() {
        JsonNode old = keyOf("rotated", "'predict'");
        JsonNode replaced = rotate(with(old), old, 3600).expect(201).json();
        with(old).get(SESSION).expect(200);
        with(replaced).get(SESSION).expect(200);
        assertThat(replaced.path("scopes")).isEqualTo(old.path("scopes"));
        assertThat(replaced.path("owner").asString()).isEqualTo("rotated");
        assertThat(admin.get(address(old)).json().path("expires_at").isNull()).isFalse();

        JsonNode last = rotate(with(old), replaced, 0).expect(201).json();
        with(replaced).get(SESSION).expect(401);
        with(last).get(SESSION).expect(200);

        JsonNode brief = rotate(with(last), last, 2).expect(201).json();
        await().until(() -> with(last).get(SESSION).status() == 401);
        with(brief).get(SESSION).expect(200);
    }

    @Test
    void anOverlapDoesNotProlongAKey() {
        Instant end = Instant.now().plusSeconds(1000);
        JsonNode key = make("{'name':'n','owner':'o','expires_at':'%s'}".formatted(end));
        JsonNode next = rotate(admin, key, 86_400).expect(201).json();
        assertThat(admin.get(address(key)).json().path("expires_at")).isEqualTo(key.path("expires_at"));
        assertThat(next.path("expires_at")).isEqualTo(key.path("expires_at"));
    }

    @Test
    void aKeyWithFewerScopesCannotTakeThePlaceOfAnother() {
        JsonNode strong = keyOf("same", "'read','train'");
        JsonNode weak = keyOf("same", "'read'");
        JsonNode administrator = keyOf("same", "'admin'");
        for (JsonNode stronger : List.of(strong, administrator)) {
            rotate(with(weak), stronger, 0).expect(403);
            with(weak).delete(address(stronger)).expect(403);
            with(stronger).get(SESSION).expect(200);
        }
        rotate(with(strong), administrator, 0).expect(403);
        with(strong).delete(address(weak)).expect(204);
        with(strong).post(KEYS, json("{'name':'a','owner':'same'}")).expect(403);
        JsonNode predicts = keyOf("same", "'predict'");
        with(predicts).get(KEYS).expect(403);
        with(predicts).get(address(strong)).expect(403);
    }

    @Test
    void aServiceAccountOpensNoSessions() {
        JsonNode account = make("{'name':'nightly','owner':'robot','service_account':true}");
        assertThat(account.path("service_account").asBoolean()).isTrue();
        with(account).get("/v1/datasets").expect(200);
        with(account).post(SESSION).expect(403);
        JsonNode next = rotate(with(account), account, 0).expect(201).json();
        with(next).post(SESSION).expect(403);
    }

    @Test
    void aSessionDoesNotProlongItself() {
        JsonNode key = keyOf("browser", "'read'");
        DescentClient browser = admin.as(null);
        String cookie = cookie(with(key));
        List<Answer> opened = List.of(browser.get(SESSION, "Cookie", cookie));
        opened.get(0).expect(200);
        String csrf = "0123456789";
        Answer again = browser.send(
                "POST", SESSION, null, null, "Cookie", cookie + "; XSRF-TOKEN=" + csrf, "X-XSRF-TOKEN", csrf);
        again.expect(201);

        List<String> ends = sql.queryForList(
                "select distinct cast(expires_at as varchar(100)) from api_key where made_from = ?",
                String.class,
                id(key));
        assertThat(ends).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "token", "token:0123456789abcdef0123456789abcdef", "", "other"})
    void aSessionOfAnotherTokenOrOfNoneIsRefused(String origin) {
        JsonNode key = keyOf("origin", "'read'");
        String cookie = cookie(with(key));
        sql.update("update api_key set made_from = ? where made_from = ?", origin, id(key));
        admin.as(null).get(SESSION, "Cookie", cookie).expect(401);
    }

    @Test
    void closingASessionEndsNothingElse() {
        JsonNode victim = keyOf("victim", "'read'");
        DescentClient attacker = with(keyOf("attacker", "'read'"));
        for (String forged :
                List.of(id(victim) + "_" + "A".repeat(43), victim.path("key").asString())) {
            attacker.send("DELETE", SESSION, null, null, "Cookie", "descent_session=" + forged)
                    .expect(204);
            with(victim).get(SESSION).expect(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | #/name | name is required",
                "{} | #/owner | owner is required",
                "{'name':'','owner':'a'} | #/name | 1 to 100 letters",
                "{'name':'a\\nb','owner':'a'} | #/name | 1 to 100 letters",
                "{'name':'a\\u202eb','owner':'a'} | #/name | 1 to 100 letters",
                "{'name':'u\\u0308','owner':'a'} | #/name | form NFC",
                "{'name':7,'owner':'a'} | #/name | 1 to 100 letters",
                "{'name':'a','owner':''} | #/owner | 1 to 64 letters",
                "{'name':'a','owner':'-a'} | #/owner | 1 to 64 letters",
                "{'name':'a','owner':'a b'} | #/owner | 1 to 64 letters",
                "{'name':'a','owner':'é'} | #/owner | 1 to 64 letters",
                "{'name':'a','owner':['a']} | #/owner | 1 to 64 letters",
                "{'name':'a','owner':'a','scopes':[]} | #/scopes | 1 to 4",
                "{'name':'a','owner':'a','scopes':['write']} | #/scopes/0 | read, train, predict, admin",
                "{'name':'a','owner':'a','scopes':'read'} | #/scopes | an array",
                "{'name':'a','owner':'a','service_account':'yes'} | #/service_account | true or false",
                "{'name':'a','owner':'a','expires_at':'2020-01-01T00:00:00Z'} | #/expires_at | is past",
                "{'owner':'a','expires_at':'2020-01-01T00:00:00Z'} | #/expires_at | is past",
                "{'name':'a','owner':'a','expires_at':'tomorrow'} | #/expires_at | a time in the future",
                "{'name':'a','owner':'a','expires_at':'2030-01-01'} | #/expires_at | a time in the future",
                "{'name':'a','owner':'a','expires_at':9e9} | #/expires_at | a time in the future",
                "{'name':'a','owner':'a','expires_at':'+999999999-01-01T00:00:00Z'} | #/expires_at | up to the year 9999",
                "{'name':'a','owner':'a','secret':'x'} | #/secret | is not known here",
            })
    void whatIsWrongWithARequestIsSaid(String body, String pointer, String part) {
        admin.post(KEYS, body.replace('\'', '"')).expectFault(422, pointer, part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'overlap_seconds':-1}", "{'overlap_seconds':2592001}", "{'overlap_seconds':1.5}"})
    void anOverlapHasBounds(String body) {
        JsonNode key = keyOf("bounds", "'read'");
        admin.post(address(key) + "/rotate", body.replace('\'', '"')).expectFault(422, "#/overlap_seconds");
        with(key).get(SESSION).expect(200);
    }

    @Test
    void everyFaultIsReportedAtOnce() {
        Answer answer = admin.post(KEYS, json("{'name':'','owner':'','scopes':['x'],'expires_at':'x','more':1}"));
        assertThat(answer.expect(422).json().path("errors")).hasSize(5);
    }

    @Test
    void noAnswerWithASecretIsKept() {
        admin.post(KEYS, json("{'name':'a','owner':'a'}").toString(), "Idempotency-Key", "k")
                .expect(400);
        JsonNode key = keyOf("kept", "'read'");
        admin.post(address(key) + "/rotate", "{\"overlap_seconds\":0}", "Idempotency-Key", "k")
                .expect(400);
        assertThat(sql.queryForObject("select count(*) from idempotency_key where name = 'k'", Integer.class))
                .isZero();
        with(key).get(SESSION).expect(200);
    }
}
