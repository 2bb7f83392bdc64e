package dev.descent.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.descent.core.Bounds;
import dev.descent.core.Name;
import dev.descent.core.Unwrapped;
import dev.descent.problem.ProblemException;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpecReaderTest {

    enum Mode {
        @Name("first_one")
        FIRST_ONE,
        @Name("second")
        SECOND
    }

    sealed interface Shape {

        @Name("circle")
        record CircleSpec(
                @Name("radius") @Bounds(min = 0, max = 9) double radius) implements Shape {}

        @Name("wide_box")
        record WideBoxSpec(
                @Name("side_length") @Bounds(min = 1, max = 9)
                int sideLength,

                @Name("filled") boolean filled) implements Shape {
            static final WideBoxSpec DEFAULT = new WideBoxSpec(2, true);
        }
    }

    record Named(
            @Name("name") String name,
            @Unwrapped Shape shape,
            @Name("tags") List<String> tags) {}

    record Inner(
            @Name("depth") int depth,
            @Name("note") @Nullable String note) {}

    record Everything(
            @Name("count") @Bounds(min = 1, max = 100) int count,
            @Name("plain_int") int plainInt,
            @Name("big") long big,
            @Name("rate") @Bounds(min = 0, max = 1) double rate,
            @Name("plain_double") double plainDouble,
            @Name("name") @Bounds(min = 1, max = 5) String name,
            @Name("on") boolean on,
            @Name("mode") Mode mode,
            @Name("tags") @Bounds(min = 0, max = 2) List<String> tags,
            @Name("texts") @Bounds(min = 0, max = 2) Map<String, String> texts,
            @Name("inner") Inner inner,
            @Name("shape") Shape shape,
            @Name("maybe") @Nullable Integer maybe) {

        static final Everything DEFAULT = new Everything(
                7,
                8,
                9,
                0.5,
                1.5,
                "name",
                true,
                Mode.SECOND,
                List.of("x"),
                Map.of(),
                new Inner(3, "deep"),
                new Shape.CircleSpec(1),
                null);
    }

    @Test
    void whatIsAbsentOrNullKeepsItsDefault() {
        assertThat(read("{}")).isEqualTo(Everything.DEFAULT);
        assertThat(read("{\"count\": null, \"inner\": null, \"shape\": null, \"tags\": null, \"maybe\": null}"))
                .isEqualTo(Everything.DEFAULT);
        assertThat(read("{\"inner\": {\"depth\": 4}}").inner()).isEqualTo(new Inner(4, "deep"));
    }

    @Test
    void everyKindOfValueIsRead() {
        Everything read = read("""
                {"count": 100, "plain_int": -2147483648, "big": 9223372036854775807, "rate": 1, "plain_double": -1e-300,
                 "name": "😀😀😀😀😀", "on": false, "mode": "first_one", "tags": ["a", "b"], "texts": {"k": "v"},
                 "inner": {"depth": 1, "note": null}, "shape": {"type": "wide_box", "filled": false}, "maybe": 5}""");
        assertThat(read)
                .isEqualTo(new Everything(
                        100,
                        Integer.MIN_VALUE,
                        Long.MAX_VALUE,
                        1,
                        -1e-300,
                        "😀😀😀😀😀",
                        false,
                        Mode.FIRST_ONE,
                        List.of("a", "b"),
                        Map.of("k", "v"),
                        new Inner(1, "deep"),
                        new Shape.WideBoxSpec(2, false),
                        5));
    }

    private static Everything read(String json) {
        Violations violations = new Violations();
        Everything read = new SpecReader(violations).read(tree(json), Everything.class, "#", Everything.DEFAULT);
        assertThat(list(violations)).isEmpty();
        assertThat(read).isNotNull();
        return read;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "count | 0 | count is 0; accepted: a whole number from 1 to 100",
                "count | 101 | count is 101; accepted: a whole number from 1 to 100",
                "count | 3.7 | count is 3.7; accepted: a whole number from 1 to 100",
                "count | \"3\" | count is \"3\"; accepted: a whole number from 1 to 100",
                "count | true | count is true; accepted: a whole number from 1 to 100",
                "count | [3] | count is an array; accepted: a whole number from 1 to 100",
                "count | {} | count is an object; accepted: a whole number from 1 to 100",
                "plain_int | 2147483648 | plain_int is 2147483648; accepted: a whole number",
                "plain_int | -2147483649 | plain_int is -2147483649; accepted: a whole number",
                "big | 9223372036854775808 | big is 9223372036854775808; accepted: a whole number",
                "big | 0.5 | big is 0.5; accepted: a whole number",
                "rate | -0.001 | rate is -0.001; accepted: a number from 0 to 1",
                "rate | 1.001 | rate is 1.001; accepted: a number from 0 to 1",
                "rate | \"NaN\" | rate is \"NaN\"; accepted: a number from 0 to 1",
                "plain_double | \"Infinity\" | plain_double is \"Infinity\"; accepted: a number",
                "plain_double | \"1.5\" | plain_double is \"1.5\"; accepted: a number",
                "plain_double | false | plain_double is false; accepted: a number",
                "name | \"\" | name is \"\"; accepted: a string of 1 to 5 characters",
                "name | \"abcdef\" | name is \"abcdef\"; accepted: a string of 1 to 5 characters",
                "name | 5 | name is 5; accepted: a string",
                "name | \"a\\u0000b\" | name is \"a\0b\"; accepted: a string without U+0000 and without halves of surrogate pairs",
                "on | 1 | on is 1; accepted: true or false",
                "on | \"true\" | on is \"true\"; accepted: true or false",
                "mode | \"FIRST_ONE\" | mode is \"FIRST_ONE\"; accepted: first_one, second",
                "mode | 0 | mode is 0; accepted: first_one, second",
                "tags | \"a\" | tags is \"a\"; accepted: an array",
                "tags | [\"a\", \"b\", \"c\"] | tags has 3 entries; accepted: 0 to 2 entries",
                "texts | [] | texts is an array; accepted: an object of strings",
                "texts | {\"a\": \"\", \"b\": \"\", \"c\": \"\"} | texts has 3 entries; accepted: 0 to 2 entries",
                "inner | 5 | inner is 5; accepted: an object",
                "shape | 5 | shape is 5; accepted: an object with a type of circle, wide_box",
                "maybe | 0.5 | maybe is 0.5; accepted: a whole number"
            })
    void aValueThatIsNotAcceptedIsNamedWithWhatIs(String field, String value, String detail) {
        assertThat(violations("{\"%s\": %s}".formatted(field, value)))
                .containsExactly(new Violation("#/" + field, detail));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999", "-1e999", "1e400"})
    void aNumberTooLargeForADoubleIsNoNumber(String number) {
        for (String field : List.of("count", "big", "rate", "plain_double")) {
            assertThat(violations("{\"%s\": %s}".formatted(field, number)))
                    .singleElement()
                    .extracting(Violation::pointer)
                    .isEqualTo("#/" + field);
        }
    }

    @Test
    void aWholeNumberMayBeWrittenWithAPointOrAnExponent() {
        assertThat(read("{\"count\": 3.0}").count()).isEqualTo(3);
        assertThat(read("{\"count\": 1e2}").count()).isEqualTo(100);
    }

    @Test
    void allFaultsAreFoundAtOnceEachWithItsPointer() {
        assertThat(violations("""
                                {"count": 0, "plain_int": "x", "foo": 1, "a/b~c": 2, "tags": [1, "fine"], "texts": {"k/1": 3},
                                 "inner": {"depth": 1.5, "note": 2, "bar": 1}, "shape": {"type": "circle", "radius": 10, "filled": true}}"""))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder(
                        "#/count",
                        "#/plain_int",
                        "#/foo",
                        "#/a~1b~0c",
                        "#/tags/0",
                        "#/texts/k~11",
                        "#/inner/depth",
                        "#/inner/note",
                        "#/inner/bar",
                        "#/shape/radius",
                        "#/shape/filled");
    }

    @Test
    void anUnknownFieldIsAnsweredWithTheKnownOnes() {
        assertThat(violations("{\"inner\": {\"dept\": 1}}"))
                .containsExactly(new Violation("#/inner/dept", "\"dept\" is not known here; accepted: depth, note"));
    }

    @Test
    void whatHasNoDefaultIsRequired() {
        Violations violations = new Violations();
        assertThat(new SpecReader(violations).read(tree("{\"name\": null}"), Named.class, "#", null))
                .isNull();
        assertThat(list(violations))
                .containsExactlyInAnyOrder(
                        new Violation("#/name", "name is required"),
                        new Violation("#/tags", "tags is required"),
                        new Violation("#/type", "type is absent; accepted: circle, wide_box"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "3",
                "null",
                "{\"count\": 0}",
                "{\"tags\": [1]}",
                "{\"tags\": [null]}",
                "{\"texts\": {\"a\": null}}",
                "{\"inner\": {\"depth\": \"x\"}}",
                "{\"shape\": {\"type\": \"circle\"}}",
                "{\"foo\": 1}"
            })
    void whereThereIsAFaultThereIsNoRecord(String json) {
        Violations violations = new Violations();
        assertThat(new SpecReader(violations).read(tree(json), Everything.class, "#", Everything.DEFAULT))
                .isNull();
        assertThat(list(violations)).hasSize(1);
    }

    @Test
    void aVariantIsChosenByItsType() {
        assertThat(read("{\"shape\": {\"type\": \"circle\", \"radius\": 3}}").shape())
                .isEqualTo(new Shape.CircleSpec(3));
        assertThat(read("{\"shape\": {\"type\": \"wide_box\"}}").shape()).isEqualTo(Shape.WideBoxSpec.DEFAULT);
        assertThat(violations("{\"shape\": {\"radius\": 3}}"))
                .containsExactly(new Violation("#/shape/type", "type is absent; accepted: circle, wide_box"));
        assertThat(violations("{\"shape\": {\"type\": \"CircleSpec\"}}"))
                .containsExactly(new Violation("#/shape/type", "type is \"CircleSpec\"; accepted: circle, wide_box"));
        assertThat(violations("{\"shape\": {\"type\": 3}}"))
                .containsExactly(new Violation("#/shape/type", "type is 3; accepted: circle, wide_box"));
        assertThat(violations("{\"shape\": {\"type\": \"circle\"}}"))
                .containsExactly(new Violation("#/shape/radius", "radius is required"));
    }

    @Test
    void theFieldsOfAFlatComponentStandBesideTheOthers() {
        Violations violations = new Violations();
        Named read = new SpecReader(violations)
                .read(
                        tree("{\"name\": \"n\", \"type\": \"wide_box\", \"side_length\": 4, \"tags\": []}"),
                        Named.class,
                        "#",
                        null);
        assertThat(list(violations)).isEmpty();
        assertThat(read).isEqualTo(new Named("n", new Shape.WideBoxSpec(4, true), List.of()));
    }

    @Test
    void unknownFieldsBesideAFlatComponentAreFoundEvenWhereItFails() {
        Violations violations = new Violations();
        new SpecReader(violations)
                .read(
                        tree("{\"name\": 1, \"type\": \"circle\", \"radius\": 99, \"side_length\": 4, \"foo\": 1}"),
                        Named.class,
                        "#",
                        null);
        assertThat(list(violations))
                .containsExactlyInAnyOrder(
                        new Violation("#/name", "name is 1; accepted: a string"),
                        new Violation("#/radius", "radius is 99; accepted: a number from 0 to 9"),
                        new Violation(
                                "#/side_length",
                                "\"side_length\" is not known here; accepted: name, radius, tags, type"),
                        new Violation("#/foo", "\"foo\" is not known here; accepted: name, radius, tags, type"),
                        new Violation("#/tags", "tags is required"));
    }

    @Test
    void fieldsThatTheCallerReadsAreNotUnknown() {
        Violations violations = new Violations();
        SpecReader reader = new SpecReader(violations);
        assertThat(reader.read(tree("{\"threads\": 2}"), Everything.class, "#", Everything.DEFAULT, Set.of("threads")))
                .isEqualTo(Everything.DEFAULT);
        assertThat(reader.read(
                        tree("{\"threads\": 2, \"name\": \"n\", \"type\": \"circle\", \"radius\": 1, \"tags\": []}"),
                        Named.class,
                        "#",
                        null,
                        Set.of("threads")))
                .isEqualTo(new Named("n", new Shape.CircleSpec(1), List.of()));
        assertThat(list(violations)).isEmpty();
    }

    @Test
    void aTypeMayBeReadInAWayOfItsOwn() {
        Violations violations = new Violations();
        SpecReader reader = new SpecReader(violations).with(Inner.class, (self, node, pointer, found) -> {
            if (node.isString()) {
                return new Inner(node.asString().length(), pointer);
            }
            found.add(pointer, "a string!");
            return null;
        });
        Everything read = reader.read(tree("{\"inner\": \"four\"}"), Everything.class, "#", Everything.DEFAULT);
        assertThat(read).isNotNull();
        assertThat(read.inner()).isEqualTo(new Inner(4, "#/inner"));
        assertThat(reader.read(tree("{\"inner\": 4}"), Everything.class, "#", Everything.DEFAULT))
                .isNull();
        assertThat(list(violations)).containsExactly(new Violation("#/inner", "a string!"));
    }

    @Test
    void queryParametersHavePointersOfTheirOwn() {
        Violations violations = new Violations();
        new SpecReader(violations).read(tree("{\"count\": 0}"), Everything.class, Violation.QUERY, Everything.DEFAULT);
        assertThat(list(violations))
                .containsExactly(new Violation("?count", "count is 0; accepted: a whole number from 1 to 100"));
    }

    @Test
    void longValuesAreCutWhereTheyAreQuoted() {
        assertThat(violations("{\"mode\": \"%s\"}".formatted("x".repeat(10_000))))
                .containsExactly(new Violation(
                        "#/mode", "mode is \"%s…\"; accepted: first_one, second".formatted("x".repeat(80))));
    }

    @Test
    void ofVeryManyFaultsTheFirstAreListedAndAllAreCounted() {
        String wrong = String.join(",", Collections.nCopies(5_000, "1"));
        Violations violations = new Violations();
        new SpecReader(violations)
                .read(
                        tree("{\"name\": \"n\", \"type\": \"circle\", \"radius\": 1, \"tags\": [%s]}".formatted(wrong)),
                        Named.class,
                        "#",
                        null);
        ProblemException problem = catchThrowableOfType(ProblemException.class, violations::throwIfAny);
        assertThat(problem.errors()).hasSize(100);
        assertThat(problem.detail()).isEqualTo("The request has 5000 faults, the first 100 of which are listed");
    }

    private static List<Violation> violations(String json) {
        Violations violations = new Violations();
        new SpecReader(violations).read(tree(json), Everything.class, "#", Everything.DEFAULT);
        return list(violations);
    }

    private static List<Violation> list(Violations violations) {
        if (violations.isEmpty()) {
            return List.of();
        }
        return catchThrowableOfType(ProblemException.class, violations::throwIfAny)
                .errors();
    }

    private static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }
}
