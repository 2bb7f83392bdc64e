package dev.descent.job.specification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelNameTest {

    @ParameterizedTest
    @CsvSource({
        "iris, iris",
        "Iris 2026.csv, Iris-2026.csv",
        "Kündigungen 2026, K-ndigungen-2026",
        "'  a / b  ', a-b",
        "..hidden, hidden",
        "___, model",
        "'', model",
        "日本, model",
        "a--b__c, a--b__c"
    })
    void aJobsNameBecomesAModelsName(String name, String model) {
        assertThat(SpecificationResolver.modelName(name)).isEqualTo(model);
    }

    @Test
    void everyNameBecomesOneThatAClientCouldHaveChosen() {
        SplittableRandom random = new SplittableRandom(3);
        String alphabet = "aZ09._- /äß日\u0000\n😀";
        for (int round = 0; round < 2_000; round++) {
            StringBuilder name = new StringBuilder();
            for (int i = random.nextInt(300); i > 0; i--) {
                name.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(SpecificationResolver.modelName(name.toString())).matches(TrainingRequestReader.MODEL_NAME);
        }
    }
}
