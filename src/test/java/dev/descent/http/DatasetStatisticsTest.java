package dev.descent.http;

import static dev.descent.testing.DescentClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@DescentTest
class DatasetStatisticsTest {

    @LocalServerPort
    private int port;

    private DescentClient client;

    @BeforeEach
    void connect() {
        client = new DescentClient(port);
    }

    private JsonNode histogram(String id, String column, String query) {
        String name = URLEncoder.encode(column, StandardCharsets.UTF_8).replace("+", "%20");
        return client.get("/v1/datasets/%s/columns/%s/histogram%s".formatted(id, name, query))
                .expect(200)
                .json();
    }

    @Test
    void aHistogramOfIrisIsTheOneOfNumPy() {
        String id = client.uploadFile("src/test/resources/data/iris.csv");

        JsonNode histogram = histogram(id, "petal_length", "?bins=6");

        // numpy.histogram(petal_length, bins=6)
        assertThat(histogram
                        .path("bins")
                        .valueStream()
                        .map(bin -> bin.path("count").asInt()))
                .containsExactly(50, 0, 11, 43, 35, 11);
        assertThat(histogram.at("/bins/0/from").asDouble()).isEqualTo(1);
        assertThat(histogram.at("/bins/0/to").asDouble()).isCloseTo(1 + 5.9 / 6, within(1e-12));
        assertThat(histogram.at("/bins/5/to").asDouble()).isEqualTo(6.9);
        assertThat(histogram(id, "petal_length", "").path("bins")).hasSize(20);
        assertThat(histogram(id, "species", "?bins=2"))
                .isEqualTo(
                        json(
                                "{'object':'histogram','column':'species','type':'categorical','rows':150,'missing':0,'levels':[{'value':'setosa','count':50},{'value':'versicolor','count':50}],'others':50}"));
    }

    @Test
    void everyCellIsCountedOnce() {
        SplittableRandom random = new SplittableRandom(4);
        String id = client.uploadText(
                "cells",
                IntStream.range(0, 3_000)
                        .mapToObj(row -> "%s,%s,2026-%02d-%02d,%s,7\n"
                                .formatted(
                                        row == 100 ? "nan" : random.nextInt(10) == 0 ? "" : random.nextDouble(-1, 1),
                                        random.nextInt(3) == 0 ? "-1e308" : "1e308",
                                        random.nextInt(1, 13),
                                        random.nextInt(1, 29),
                                        "u" + random.nextInt(2_500)))
                        .collect(Collectors.joining("", "number,huge,day,name,constant\n", "")));

        for (String column : List.of("number", "huge", "day", "constant")) {
            JsonNode histogram = histogram(id, column, "?bins=7");
            long counted = histogram
                    .path("bins")
                    .valueStream()
                    .mapToLong(bin -> bin.path("count").asLong())
                    .sum();
            assertThat(counted + histogram.path("missing").asLong()).isEqualTo(3_000);
        }
        JsonNode days = histogram(id, "day", "?bins=1");
        assertThat(days.at("/bins/0"))
                .isEqualTo(json("{'from':'2026-01-01T00:00:00Z','to':'2026-12-28T00:00:00Z','count':3000}"));
        assertThat(histogram(id, "constant", "").path("bins").valueStream())
                .containsExactly(json("{'from':7.0,'to':7.0,'count':3000}"));
        JsonNode names = histogram(id, "name", "?bins=3");
        assertThat(names.path("levels")).hasSize(3);
        assertThat(names.path("others").asLong()
                        + names.path("levels")
                                .valueStream()
                                .mapToLong(level -> level.path("count").asLong())
                                .sum())
                .isEqualTo(3_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"売上", "größe in m²", "a.b", "100%", "a/b", "x;y", "?q#f", "a\\b", "Αθήνα"})
    void columnsOfAnyNameHaveOne(String column) {
        String id = client.uploadText("names", "\"%s\",b\n1,2\n3,4\n".formatted(column));
        String name = URLEncoder.encode(column, StandardCharsets.UTF_8).replace("+", "%20");

        assertThat(client.get("/v1/datasets/%s/histogram?column=%s&bins=2".formatted(id, name))
                        .expect(200)
                        .json()
                        .path("bins"))
                .hasSize(2);
        if (column.chars().allMatch(character -> Character.isLetter(character) || ".² ".indexOf(character) >= 0)) {
            assertThat(histogram(id, column, "?bins=2").path("column").asString())
                    .isEqualTo(column);
        }
    }

    @Test
    void whatCannotBeCountedIsRefused() {
        String id = client.uploadText("small", "a,b\n1,2\n3,4\n");

        client.get("/v1/datasets/%s/columns/c/histogram".formatted(id)).expect(404);
        client.get("/v1/datasets/ds_0/columns/a/histogram").expect(404);
        client.get("/v1/datasets/%s/histogram".formatted(id)).expectFault(422, "?column", "column is absent");
        for (String bins : List.of("0", "1001", "-1")) {
            client.get("/v1/datasets/%s/columns/a/histogram?bins=%s".formatted(id, bins))
                    .expectFault(422, "?bins", "accepted: a whole number from 1 to 1000");
        }
        client.get("/v1/datasets/%s/associations".formatted(id)).expectFault(422, "?target", "accepted: one of a, b");
        client.get("/v1/datasets/%s/associations?target=c".formatted(id))
                .expectFault(422, "?target", "target is \"c\"; accepted: one of a, b");
        client.get("/v1/datasets/ds_0/associations?target=a").expect(404);
    }

    @Test
    void theFeaturesOfIrisGoWithSpeciesInTheKnownOrder() {
        String id = client.uploadFile("src/test/resources/data/iris.csv");

        JsonNode found = client.get("/v1/datasets/%s/associations?target=species".formatted(id))
                .expect(200)
                .json();

        assertThat(found.path("rows").asInt()).isEqualTo(150);
        assertThat(found.path("data")
                        .valueStream()
                        .map(entry -> entry.path("column").asString()))
                .containsExactly("petal_length", "petal_width", "sepal_length", "sepal_width");
        // The one-way analysis of variance of scipy.stats.f_oneway: F = 1180.161 for petal_length.
        assertThat(found.at("/data/0/value").asDouble())
                .isCloseTo(Math.sqrt(1180.161 * 2 / (1180.161 * 2 + 147)), within(1e-6));
        JsonNode numbers = client.get("/v1/datasets/%s/associations?target=petal_width".formatted(id))
                .expect(200)
                .json();
        assertThat(numbers.path("data")
                        .valueStream()
                        .filter(entry -> entry.path("column").asString().equals("petal_length"))
                        .findFirst()
                        .orElseThrow()
                        .path("value")
                        .asDouble())
                .isCloseTo(0.9628654, within(1e-6));
    }

    @Test
    void aSampleIsDrawnOfManyRowsAndIsTheSameEachTime() {
        SplittableRandom random = new SplittableRandom(5);
        String id = client.uploadText(
                "many",
                IntStream.range(0, 120_000)
                        .mapToObj(row -> {
                            double x = random.nextDouble();
                            return "%.4f,%.4f,%s,u%d\n".formatted(x, 1 - x * x, x > 0.5 ? "high" : "low", row);
                        })
                        .collect(Collectors.joining("", "x,y,size,id\n", "")));
        String path = "/v1/datasets/%s/associations?target=y".formatted(id);

        JsonNode found = client.get(path).expect(200).json();

        assertThat(found.path("rows").asInt()).isEqualTo(100_000);
        assertThat(found.path("total").asInt()).isEqualTo(120_000);
        assertThat(found.at("/data/0/column").asString()).isEqualTo("x");
        assertThat(found.at("/data/0/spearman").asDouble()).isCloseTo(-1, within(1e-3));
        assertThat(found.at("/data/1/column").asString()).isEqualTo("size");
        assertThat(found.at("/left_out/0").asString()).isEqualTo("id");
        assertThat(client.get(path).expect(200).json()).isEqualTo(found);
    }
}
