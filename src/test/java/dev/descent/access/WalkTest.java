package dev.descent.access;

import static dev.descent.testing.DescentClient.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.Names;
import dev.descent.principal.Open;
import dev.descent.principal.Requires;
import dev.descent.principal.Scope;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentClient.Answer;
import dev.descent.testing.DescentTest;
import dev.descent.testing.Endpoints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Walks every address of the service, which it finds by itself, with every kind of credential. An endpoint that says
 * nothing about who may call it fails this test, and so does a new kind of mapping.
 */
@DescentTest
class WalkTest {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\*?([a-z_]+)(?::[^}]*)?}");
    private static final String ABSENT = "absent";
    private static final Set<Scope> USUAL = EnumSet.of(Scope.READ, Scope.TRAIN, Scope.PREDICT);

    @LocalServerPort
    private int port;

    @Autowired
    private Map<String, HandlerMapping> mappings;

    @Autowired
    private JdbcTemplate sql;

    private DescentClient admin;

    @BeforeEach
    void connect() {
        admin = new DescentClient(port);
    }

    /** One address with one method. */
    private record Endpoint(
            String method, String pattern, @Nullable MediaType body, HandlerMethod handler) {

        boolean isOurs() {
            return handler.getBeanType().getName().startsWith("dev.descent.")
                    && !ErrorController.class.isAssignableFrom(handler.getBeanType());
        }

        boolean isOpen() {
            return isOurs() ? handler.hasMethodAnnotation(Open.class) : pattern.startsWith("/actuator/health");
        }

        List<Scope> scopes() {
            Requires requires = handler.getMethodAnnotation(Requires.class);
            return requires == null ? List.of() : Arrays.asList(requires.value());
        }

        boolean hasVariable() {
            return pattern.contains("{");
        }

        Answer call(DescentClient client, String path, String... headers) {
            byte[] content = body == null
                    ? null
                    : (body.isCompatibleWith(MediaType.APPLICATION_JSON) ? "{}" : "x,y\n1,2\n").getBytes(UTF_8);
            String type = body == null ? null : body.toString();
            return isOurs()
                    ? client.send(method, path, type, content, headers)
                    : client.sendUnchecked(method, path, type, content, headers);
        }

        @Override
        public String toString() {
            return method + " " + pattern;
        }
    }

    private List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        for (HandlerMapping mapping : mappings.values()) {
            if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
                methods.getHandlerMethods().forEach((info, handler) -> endpoints.addAll(endpoints(info, handler)));
            } else if (mapping instanceof RouterFunctionMapping functions) {
                assertThat(functions.getRouterFunction()).isNull();
            } else {
                assertThat(mapping).isInstanceOf(AbstractUrlHandlerMapping.class);
            }
        }
        return endpoints;
    }

    private static List<Endpoint> endpoints(RequestMappingInfo info, HandlerMethod handler) {
        Set<MediaType> bodies = info.getConsumesCondition().getConsumableMediaTypes();
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        return info.getPatternValues().stream()
                .flatMap(pattern -> (methods.isEmpty() ? Set.of(RequestMethod.GET) : methods)
                        .stream()
                                .map(method -> new Endpoint(
                                        method.name(),
                                        Endpoints.address(pattern),
                                        bodies.stream().findFirst().orElse(null),
                                        handler)))
                .toList();
    }

    /** The addresses of files. */
    private List<String> files() {
        return mappings.values().stream()
                .filter(AbstractUrlHandlerMapping.class::isInstance)
                .map(mapping ->
                        ((AbstractUrlHandlerMapping) mapping).getHandlerMap().keySet())
                .flatMap(Collection::stream)
                .toList();
    }

    private static String filled(String pattern, String value) {
        return VARIABLE.matcher(pattern)
                .replaceAll(found -> found.group(1).equals("version") ? "1" : Matcher.quoteReplacement(value));
    }

    private String key(String owner, Set<Scope> scopes, @Nullable Instant end) {
        return make(owner, scopes, end).json().path("key").asString();
    }

    private Answer make(String owner, Set<Scope> scopes, @Nullable Instant end) {
        return admin.post(
                        "/v1/api-keys",
                        json(
                                "{'name':'walk','owner':'%s','scopes':[%s],'expires_at':%s}",
                                owner,
                                scopes.stream()
                                        .map(scope -> "'" + Names.of(scope) + "'")
                                        .collect(Collectors.joining(",")),
                                end == null ? "null" : "'" + end + "'"))
                .expect(201);
    }

    @Test
    void everyEndpointSaysWhoMayCallIt() {
        List<Endpoint> ours = endpoints().stream().filter(Endpoint::isOurs).toList();
        assertThat(ours)
                .hasSizeGreaterThan(30)
                .allSatisfy(endpoint -> assertThat(endpoint.handler().hasMethodAnnotation(Open.class))
                        .as(endpoint.toString())
                        .isNotEqualTo(endpoint.handler().hasMethodAnnotation(Requires.class)));
        assertThat(ours.stream().filter(Endpoint::isOpen).map(Endpoint::pattern))
                .as("nothing of the API is open")
                .noneMatch(pattern -> pattern.startsWith("/v1"));
    }

    @Test
    void withoutAValidCredentialNothingIsAnsweredButWhatIsOpen() {
        Answer old = make("gone", USUAL, Instant.now().plusSeconds(3600));
        String expired = old.json().path("key").asString();
        sql.update("update api_key set expires_at = created_at where id = ?", old.id());
        Answer made = make("gone", EnumSet.of(Scope.ADMIN), null);
        String revoked = made.json().path("key").asString();
        admin.as(revoked).get("/v1/session").expect(200);
        admin.delete("/v1/api-keys/" + made.id()).expect(204);
        admin.as(expired).get("/v1/session").expect(401);
        List<String> wrong = List.of(
                "x", revoked, expired, revoked.substring(0, revoked.length() - 1), "a.b.c", "e30.e30.", "\u0021");
        DescentClient stranger = admin.as(null);
        int calls = 0;
        for (Endpoint endpoint : endpoints()) {
            String path = filled(endpoint.pattern(), ABSENT);
            List<Answer> answers = new ArrayList<>(List.of(
                    endpoint.call(stranger, path),
                    endpoint.call(stranger, path, "Authorization", "Basic YWRtaW46YWRtaW4="),
                    endpoint.call(stranger, path, "Authorization", "Bearer"),
                    endpoint.call(
                            stranger,
                            path,
                            "Cookie",
                            "descent_session=%s; XSRF-TOKEN=x".formatted(expired),
                            "X-XSRF-TOKEN",
                            "x"),
                    endpoint.call(stranger, path + "?access_token=" + revoked)));
            wrong.forEach(secret -> answers.add(endpoint.call(admin.as(secret), path)));
            assertThat(answers).allSatisfy(answer -> {
                if (endpoint.isOpen()) {
                    assertThat(answer.status()).as(endpoint.toString()).isNotIn(401, 403);
                } else {
                    assertThat(answer.status()).as(endpoint.toString()).isEqualTo(401);
                    assertThat(answer.headers().get("www-authenticate")).startsWith("Bearer");
                }
            });
            calls += answers.size();
        }
        for (String file : files()) {
            String path = filled(file.replace("**", ABSENT), ABSENT);
            boolean isOpen = file.startsWith("/webjars/");
            assertThat(stranger.statusOf(path)).as(file).isEqualTo(isOpen ? 404 : 401);
        }
        assertThat(calls).isGreaterThan(300);
    }

    @Test
    void aCredentialThatLacksAScopeIsRefusedAndTheRightOneIsNot() {
        Map<Scope, DescentClient> without = USUAL.stream().collect(Collectors.toMap(scope -> scope, scope -> {
            Set<Scope> others = EnumSet.copyOf(USUAL);
            others.remove(scope);
            return admin.as(key("walker", others, null));
        }));
        DescentClient usual = admin.as(key("walker", USUAL, null));
        without.put(Scope.ADMIN, usual);
        for (Endpoint endpoint : endpoints()) {
            if (endpoint.isOurs() && !endpoint.isOpen()) {
                String path = filled(endpoint.pattern(), ABSENT);
                for (Scope scope : endpoint.scopes()) {
                    endpoint.call(without.get(scope), path).expect(403);
                }
                DescentClient allowed = endpoint.scopes().contains(Scope.ADMIN) ? admin : usual;
                assertThat(endpoint.call(allowed, path).status())
                        .as(endpoint.toString())
                        .isNotIn(401, 403);
            }
        }
    }

    /** What each address with variables finds, of one owner; that of a new kind of things has to be added here. */
    private Map<String, Map<String, String>> resources() {
        DescentClient owner = admin.as(key("someone", USUAL, null));
        String dataset = owner.uploadFile("src/test/resources/data/iris.csv");
        JsonNode job = owner.train(
                json("{'dataset':'%s','target':'species','model':'walked','hyperparameters':{'epochs':1}}", dataset));
        assertThat(job.path("status").asString()).isEqualTo("succeeded");
        String id = job.path("id").asString();
        String checkpoint = owner.get("/v1/training-jobs/%s/checkpoints".formatted(id))
                .expect(200)
                .json()
                .at("/data/0/id")
                .asString();
        return Map.of(
                "/v1/api-keys/",
                Map.of("id", make("someone", EnumSet.of(Scope.READ), null).id()),
                "/v1/datasets/",
                Map.of("id", dataset, "name", "petal_length"),
                "/v1/training-jobs/",
                Map.of("id", id, "checkpoint", checkpoint),
                "/v1/models/",
                Map.of("name", "walked", "version", "1"));
    }

    @Test
    void whatIsSomeoneElsesIsAsIfItWereNotThere() {
        DescentClient other = admin.as(key("other", USUAL, null));
        Map<String, Map<String, String>> resources = resources();
        Set<String> notClassified = new TreeSet<>();
        int calls = 0;
        for (Endpoint endpoint : endpoints()) {
            // Administrators see what is anyone's.
            boolean isForAll = endpoint.isOpen() || endpoint.scopes().contains(Scope.ADMIN);
            if (!endpoint.isOurs() || isForAll || !endpoint.hasVariable()) {
                continue;
            }
            Map<String, String> found = resources.entrySet().stream()
                    .filter(entry -> endpoint.pattern().startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(Map.of());
            String path = endpoint.pattern();
            String absent = endpoint.pattern();
            for (Map.Entry<String, String> variable : found.entrySet()) {
                path = path.replace("{" + variable.getKey() + "}", variable.getValue());
                absent = absent.replace(
                        "{" + variable.getKey() + "}",
                        variable.getValue().matches("\\d+") ? variable.getValue() : ABSENT);
            }
            if (path.contains("{")) {
                notClassified.add(endpoint.toString());
                continue;
            }
            Answer foreign = endpoint.call(other, path);
            Answer missing = endpoint.call(other, absent);
            assertThat(foreign.status())
                    .as(endpoint.toString())
                    .isEqualTo(missing.status())
                    .isIn(404, 422);
            if (endpoint.method().equals("GET")) {
                foreign.expect(404);
            }
            calls++;
            String ofForeign = foreign.text();
            for (String id : found.values()) {
                ofForeign = id.matches("\\d+") ? ofForeign : ofForeign.replace(id, ABSENT);
            }
            assertThat(ofForeign).as(endpoint.toString()).isEqualTo(missing.text());
        }
        assertThat(notClassified).isEmpty();
        assertThat(calls).isGreaterThan(20);
    }
}
