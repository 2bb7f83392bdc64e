package dev.descent.job.specification;

import dev.descent.core.Excerpt;
import dev.descent.core.Names;
import dev.descent.core.data.ColumnPreprocessing;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.encode.Impute;
import dev.descent.dataset.DatasetInfo;
import dev.descent.dataset.profile.ColumnProfile;
import dev.descent.problem.Violation;
import dev.descent.problem.Violations;
import dev.descent.request.Quote;
import dev.descent.request.SpecWriter;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the preprocessing of a specification may ask of the columns of a dataset. */
final class PreprocessingRules {

    private static final Set<Impute> FOR_NUMBERS =
            EnumSet.of(Impute.MEDIAN, Impute.MEAN, Impute.MOST_FREQUENT, Impute.CONSTANT);
    private static final Set<Impute> FOR_LEVELS = EnumSet.of(Impute.MOST_FREQUENT);

    private final Specification specification;
    private final Map<String, ColumnProfile> columns = new HashMap<>();
    private final Violations violations;

    PreprocessingRules(Specification specification, DatasetInfo dataset, Violations violations) {
        this.specification = specification;
        this.violations = violations;
        dataset.columns().forEach(column -> columns.putIfAbsent(column.name(), column));
    }

    void check() {
        PreprocessingSpec preprocessing = specification.preprocessing();
        if (preprocessing.columns() != null) {
            Set<String> features = Set.copyOf(specification.features());
            preprocessing.columns().forEach((name, settings) -> {
                ColumnProfile column = features.contains(name) ? columns.get(name) : null;
                if (column == null) {
                    violations.add(
                            Violation.pointerTo("#/preprocessing/columns", name),
                            "columns names %s; accepted: a feature (%s)"
                                    .formatted(Quote.text(name), Excerpt.of(specification.features(), "columns")));
                } else {
                    check(column, settings);
                }
            });
        }
    }

    private void check(ColumnProfile column, ColumnPreprocessing settings) {
        checkImpute(column, settings);
        if (!column.type().isNumber()) {
            refuse(column, "scale", settings.scale(), "a numeric or datetime column");
            refuse(column, "indicator", settings.indicator(), "a numeric or datetime column");
        }
    }

    private void checkImpute(ColumnProfile column, ColumnPreprocessing settings) {
        Impute impute = settings.impute();
        Set<Impute> accepted = column.type().isNumber() ? FOR_NUMBERS : FOR_LEVELS;
        if (impute != null && !accepted.contains(impute)) {
            violations.add(
                    pointer(column, "impute"),
                    "impute is \"%s\" for %s, which is of type %s; accepted: %s"
                            .formatted(
                                    Names.of(impute),
                                    Quote.text(column.name()),
                                    column.type().label(),
                                    names(accepted)));
            return;
        }
        ColumnPreprocessing.FillValue value = settings.value();
        if (impute == Impute.CONSTANT && value == null) {
            violations.add(pointer(column, "value"), "value is required: what an empty cell becomes");
        } else if (impute != Impute.CONSTANT && value != null) {
            violations.add(
                    pointer(column, "value"),
                    "value is %s without \"impute\": \"constant\"; accepted: both or neither".formatted(quoted(value)));
        } else if (value != null && column.type().isNumber() && Double.isNaN(value.number(column.type()))) {
            violations.add(
                    pointer(column, "value"),
                    "value is %s for %s, which is of type %s; accepted: %s"
                            .formatted(
                                    quoted(value),
                                    Quote.text(column.name()),
                                    column.type().label(),
                                    column.type() == ColumnType.DATETIME
                                            ? "an ISO 8601 date or date-time"
                                            : "a number"));
        }
    }

    private static String quoted(ColumnPreprocessing.FillValue value) {
        return Quote.of(SpecWriter.write(value));
    }

    private void refuse(ColumnProfile column, String field, @Nullable Object given, String accepted) {
        if (given != null) {
            violations.add(
                    pointer(column, field),
                    "%s is %s for %s, which is of type %s; accepted for %s"
                            .formatted(
                                    field,
                                    Quote.of(SpecWriter.write(given)),
                                    Quote.text(column.name()),
                                    column.type().label(),
                                    accepted));
        }
    }

    private static String pointer(ColumnProfile column, String field) {
        return Violation.pointerTo("#/preprocessing/columns", column.name()) + "/" + field;
    }

    private static String names(Set<? extends Enum<?>> constants) {
        return constants.stream().map(Names::of).collect(Collectors.joining(", "));
    }
}
