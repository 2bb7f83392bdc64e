package dev.descent.job.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.request.Naming;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelNameTest {

    @ParameterizedTest
    @CsvSource({
        "iris, iris",
        "Iris 2026.csv, Iris-2026.csv-#",
        "Kündigungen 2026, Kündigungen-2026-#",
        "'  a / b  ', a-b-#",
        "..hidden, hidden-#",
        "___, model-#",
        "'', model-#",
        "日本, 日本",
        "売上, 売上",
        "'Продажи / 2024!', Продажи-2024-#",
        "हिन्दी, हिन्दी",
        "Ku\u0308ndigung, Kündigung-#",
        "😀, model-#",
        "a--b__c, a--b__c"
    })
    void aJobsNameBecomesAModelsName(String name, String model) {
        assertThat(SpecificationResolver.modelName(name))
                .matches(Pattern.quote(model).replace("#", "\\E[0-9a-f]{8}\\Q"));
    }

    @Test
    void namesThatDifferNeverBecomeOne() {
        List<String> names = List.of(
                "Sales 2024", "Sales/2024", "Sales 2024!", "Sales-2024", "sales-2024", "😀", "日本", "日 本", "model");
        assertThat(names.stream().map(SpecificationResolver::modelName)).doesNotHaveDuplicates();
    }

    @Test
    void everyNameBecomesOneThatAClientCouldHaveChosen() {
        SplittableRandom random = new SplittableRandom(3);
        String alphabet = "aZ09._- /äß日\u0308\u0301e\u0000\n\u202e😀𝒳";
        for (int round = 0; round < 2_000; round++) {
            StringBuilder name = new StringBuilder();
            for (int i = random.nextInt(300); i > 0; i--) {
                name.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(SpecificationResolver.modelName(name.toString()))
                    .matches(model -> Naming.isIdentifier(model, 100));
        }
    }
}
