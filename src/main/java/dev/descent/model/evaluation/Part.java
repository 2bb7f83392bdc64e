package dev.descent.model.evaluation;

import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.core.data.split.Split;
import dev.descent.problem.ProblemException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parts of a split. */
enum Part {
    @Name("train")
    TRAIN,
    @Name("validation")
    VALIDATION,
    @Name("test")
    TEST;

    /** @throws ProblemException 422 for a name that no part has */
    static Part of(@Nullable String name) {
        if (name == null) {
            return VALIDATION;
        }
        return Arrays.stream(values())
                .filter(part -> Names.of(part).equals(name))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        "?split",
                        "split is \"%.80s\"; accepted: %s"
                                .formatted(
                                        name,
                                        Arrays.stream(values()).map(Names::of).collect(Collectors.joining(", ")))));
    }

    int[] rows(Split split) {
        return switch (this) {
            case TRAIN -> split.train();
            case VALIDATION -> split.validation();
            case TEST -> split.test();
        };
    }
}
