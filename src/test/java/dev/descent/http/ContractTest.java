package dev.descent.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.ContractProbe;
import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import dev.descent.testing.Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The contract and the service agree, and the tests would notice if they did not. */
@DescentTest
class ContractTest {

    @LocalServerPort
    private int port;

    @Test
    void everyAddressOfTheServiceIsInTheContractAndTheOtherWayRound(
            @Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        Set<String> served = new TreeSet<>();
        mappings.getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> !path.equals("/error"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> served.add(method + " " + Endpoints.address(path)))));
        Set<String> promised = new TreeSet<>(ContractProbe.operations());
        promised.removeIf(operation -> operation.contains("/actuator/"));

        assertThat(served).isEqualTo(promised);
    }

    /** Of every form of a body, each of which may be served by a method of its own. */
    @Test
    void noAddressPassesOverAParameterThatItDoesNotKnow(
            @Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        DescentClient client = new DescentClient(port);
        int tried = 0;
        for (RequestMappingInfo mapping : mappings.getHandlerMethods().keySet()) {
            for (String pattern : mapping.getPatternValues()) {
                String path = Endpoints.address(pattern).replaceAll("\\{[^}]*}", "1") + "?colour=red";
                List<String> types = mapping.getConsumesCondition().getConsumableMediaTypes().stream()
                        .map(MediaType::toString)
                        .toList();
                for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
                    for (String type : types.isEmpty() ? Arrays.asList((String) null) : types) {
                        client.send(method.name(), path, type, type == null ? null : "{}".getBytes(UTF_8))
                                .expectFault(422, "?colour", "\"colour\" is not known here", "accepted: ");
                        tried++;
                    }
                }
            }
        }
        assertThat(tried).isGreaterThan(30);
        client.get("/webjars/swagger-ui/swagger-ui.css?colour=red").expectFault(422, "?colour", "accepted: no");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/datasets?limit=1&offset=2, ?offset, 'accepted: after, limit, name'",
        "/v1/training-jobs?metadata=a, ?metadata, 'accepted: after, limit, metadata[…], status'",
        "/v1/training-jobs?metadata%5B%5D=a, ?metadata[], 'accepted: names of 1 to 64'",
        "/v1/training-jobs?metadata%5Ba%5D=%0Ab, ?metadata[a], 'accepted: a text without control characters'",
        "/v1/training-jobs/1?a%26b=c, ?a&b, accepted: no parameters",
        "/v1/models?limit=1&limit=2, ?limit, '\"limit\" is given 2 times; accepted: once'",
        "/v1/models?limit=%20, ?limit, '\"limit\" is empty; accepted: a value'",
        "/v1/datasets/1/rows?offset=, ?offset, '\"offset\" is empty; accepted: a value'",
    })
    void aParameterThatWouldBePassedOverIsNamedWithWhatIsAccepted(String path, String pointer, String accepted) {
        new DescentClient(port).get(path).expectFault(422, pointer, accepted);
    }

    @Test
    void jobsAreLookedForByNoMorePairsThanOneCanHave() {
        String pairs = IntStream.rangeClosed(0, 16)
                .mapToObj("metadata%%5Ba%d%%5D=b"::formatted)
                .collect(Collectors.joining("&"));
        new DescentClient(port)
                .get("/v1/training-jobs?" + pairs)
                .expectFault(422, "?metadata", "17 pairs; accepted: up to 16");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | application/json | {\"id\":\"mdl_1\",\"object\":\"model\",\"owner\":\"admin\",\"visibility\":\"private\",\"name\":\"a\",\"created_at\":\"2026-01-01T00:00:00Z\",\"newest_version\":1} | false",
                "200 | application/json | {\"id\":\"mdl_1\",\"object\":\"model\",\"owner\":\"admin\",\"visibility\":\"private\",\"name\":\"a\",\"created_at\":\"2026-01-01T00:00:00Z\"} | true",
                "200 | application/json | {\"id\":\"mdl_1\",\"object\":\"model\",\"owner\":\"admin\",\"visibility\":\"private\",\"name\":1,\"created_at\":\"2026-01-01T00:00:00Z\",\"newest_version\":1} | true",
                "200 | application/json | {\"id\":\"mdl_1\",\"object\":\"model\",\"owner\":\"admin\",\"visibility\":\"private\",\"name\":\"a\",\"created_at\":\"2026-01-01T00:00:00Z\",\"newest_version\":1,\"more\":1} | true",
                "200 | text/plain | a model | true",
                "418 | application/json | {} | true"
            })
    void anAnswerThatBreaksTheContractIsNoticed(int status, String contentType, String body, boolean noticed) {
        assertThat(ContractProbe.faultsOfAnswer("GET", "/v1/models/a", status, contentType, body)
                        .isEmpty())
                .isNotEqualTo(noticed);
    }

    @Test
    void noCommaCutsASentenceOfTheContractInTwo() {
        JsonNode document = YAMLMapper.builder().build().readTree(Path.of("openapi.yaml"));
        assertThat(fieldsIn(document)).noneMatch(name -> name.contains(" "));
    }

    private static Stream<String> fieldsIn(JsonNode node) {
        return Stream.concat(node.propertyNames().stream(), node.valueStream().flatMap(ContractTest::fieldsIn));
    }

    @Test
    void theContractIsServedAsItStandsInTheProject() throws IOException {
        assertThat(new DescentClient(port).get("/openapi.yaml").expect(200).bytes())
                .isEqualTo(Files.readAllBytes(Path.of("openapi.yaml")));
    }

    @Test
    void thePageOfTheContractLoadsNothingFromElsewhere() {
        DescentClient client = new DescentClient(port);
        String page = client.get("/docs").expect(200).text();

        assertThat(page).doesNotContain("http:", "https:", "//cdn");
        Matcher parts = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"").matcher(page);
        int count = 0;
        while (parts.find()) {
            assertThat(client.statusOf(parts.group(1))).as(parts.group(1)).isEqualTo(200);
            count++;
        }
        assertThat(count).isGreaterThanOrEqualTo(3);
    }

    /** Its own page shows the contract of another service. */
    @Test
    void nothingOfALibraryIsServedThatThePageOfTheContractDoesNotLoad() throws IOException {
        DescentClient client = new DescentClient(port);
        String page = client.get("/docs").expect(200).text();
        Resource[] files =
                new PathMatchingResourcePatternResolver().getResources("classpath*:META-INF/resources/webjars/**/*.*");
        int hidden = 0;
        for (Resource file : files) {
            String[] path =
                    file.getURL().getPath().split("/META-INF/resources", 2)[1].split("/", 5);
            String address = "/webjars/%s/%s".formatted(path[2], path[4]);
            if (!page.contains(address)) {
                client.get(address).expect(404);
                hidden++;
            }
            client.get("/webjars/%s/%s/%s".formatted(path[2], path[3], path[4])).expect(404);
        }
        assertThat(hidden).isGreaterThan(10).isLessThan(files.length);
        for (String folder : List.of(
                "/webjars", "/webjars/", "/webjars/swagger-ui", "/webjars/swagger-ui/", "/META-INF/MANIFEST.MF")) {
            assertThat(client.statusOf(folder)).as(folder).isBetween(400, 404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness"})
    void theServiceIsHealthy(String address) {
        assertThat(new DescentClient(port)
                        .get(address)
                        .expect(200)
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("UP");
    }

    @Test
    void everyTypeOfProblemHasAPage() {
        DescentClient client = new DescentClient(port);
        Matcher types = Pattern.compile("href=\"(/problems/[a-z-]+)\"")
                .matcher(client.get("/problems").expect(200).text());
        int count = 0;
        while (types.find()) {
            assertThat(client.get(types.group(1)).expect(200).text()).contains("<h1>");
            count++;
        }
        assertThat(count).isGreaterThanOrEqualTo(10);
        client.get("/problems/no-such").expect(404);
        String type = client.get("/v1/nothing").expect(404).json().path("type").asString();
        client.get(type).expect(200);
    }
}
