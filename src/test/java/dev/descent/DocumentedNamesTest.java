package dev.descent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.Names;
import dev.descent.core.graph.operator.Operators;
import dev.descent.core.nn.layer.LayerSpec;
import dev.descent.core.nn.loss.LossSpec;
import dev.descent.core.nn.optimizer.OptimizerSpec;
import dev.descent.core.nn.optimizer.ScheduleSpec;
import dev.descent.core.train.evaluate.Score;
import dev.descent.dataset.format.DatasetFormat;
import dev.descent.job.history.MetricColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The contract and the guides list whatever the code offers. */
class DocumentedNamesTest {

    private static final JsonNode SCHEMAS =
            YAMLMapper.builder().build().readTree(Path.of("openapi.yaml")).at("/components/schemas");

    static Stream<Arguments> variants() {
        return Stream.of(
                Arguments.of("layers", LayerSpec.class),
                Arguments.of("losses", LossSpec.class),
                Arguments.of("optimizers", OptimizerSpec.class),
                Arguments.of("schedules", ScheduleSpec.class));
    }

    private static Set<String> names(Class<?> variants) {
        return Arrays.stream(variants.getPermittedSubclasses()).map(Names::of).collect(Collectors.toSet());
    }

    /** The words of the line of a table that has this title. */
    private static List<String> row(String file, String title) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            String line = lines.filter(text -> text.startsWith("| %s |".formatted(title)))
                    .findFirst()
                    .orElseThrow();
            return List.of(line.split("[^a-z0-9_]+"));
        }
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void theReadmeListsWhatItTrains(String title, Class<?> variants) throws IOException {
        assertThat(row("README.md", title)).containsAll(names(variants));
    }

    @Test
    void theContractListsWhatItTrains() {
        assertThat(SCHEMAS.at("/Layer/discriminator/mapping").propertyNames())
                .containsExactlyInAnyOrderElementsOf(names(LayerSpec.class));
        assertThat(texts(SCHEMAS.at("/Loss/properties/type/enum")))
                .containsExactlyInAnyOrderElementsOf(names(LossSpec.class));
        assertThat(texts(SCHEMAS.at("/Optimizer/properties/type/enum")))
                .containsExactlyInAnyOrderElementsOf(names(OptimizerSpec.class));
        assertThat(texts(SCHEMAS.at("/Schedule/properties/type/enum")))
                .containsExactlyInAnyOrderElementsOf(names(ScheduleSpec.class));
    }

    @Test
    void theContractListsEveryMetric() {
        Set<String> scores = Score.names().stream()
                .flatMap(name -> Stream.of("train_" + name, "validation_" + name))
                .collect(Collectors.toSet());
        assertThat(SCHEMAS.at("/Scores/properties").propertyNames()).containsExactlyInAnyOrderElementsOf(scores);
        assertThat(texts(SCHEMAS.at("/MetricKey/enum"))).containsExactlyInAnyOrderElementsOf(MetricColumns.names());
        assertThat(SCHEMAS.at("/FoldScores/properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        Score.names().stream().map("validation_"::concat).toList());
        Set<String> columns = new HashSet<>(MetricColumns.names());
        columns.addAll(List.of("repeat", "fold"));
        assertThat(SCHEMAS.at("/MetricHistory/properties/data/items/properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(columns);
    }

    @Test
    void theGuideAndTheContractListEveryFunctionOfAGraph() throws IOException {
        assertThat(row("docs/computational-graphs.md", "functions")).containsAll(Operators.FUNCTIONS.keySet());
        assertThat(texts(SCHEMAS.at("/GraphOperation/properties/op/enum"))).containsAll(Operators.FUNCTIONS.keySet());
    }

    @Test
    void theContractListsEveryFormatOfADataset() {
        JsonNode format = SCHEMAS.at("/Dataset/properties/format");
        assertThat(format.has("const") ? List.of(format.get("const").asString()) : texts(format.get("enum")))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(DatasetFormat.values()).map(Names::of).toList());
    }
}
