package dev.descent.job.specification;

import dev.descent.core.Excerpt;
import dev.descent.core.Names;
import dev.descent.core.data.ColumnPreprocessing;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.PreprocessingSpec;
import dev.descent.core.data.encode.Encoding;
import dev.descent.core.data.encode.Impute;
import dev.descent.core.train.examples.Task;
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
    private static final Set<Impute> FOR_LEVELS = EnumSet.of(Impute.MOST_FREQUENT, Impute.CONSTANT, Impute.OWN_LEVEL);

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
        if (preprocessing.categorical() == PreprocessingSpec.Categorical.TARGET_MEAN) {
            checkTargetMean("#/preprocessing/categorical");
        }
        if (preprocessing.target() != null && specification.task() != Task.REGRESSION) {
            violations.add(
                    "#/preprocessing/target",
                    "target is \"%s\" with task %s; accepted for regression alone"
                            .formatted(
                                    Names.of(preprocessing.target()),
                                    specification.task().label()));
        }
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
        checkEncoding(column, settings);
        if (!column.type().isNumber()) {
            refuse(column, "scale", settings.scale(), "a numeric or datetime column");
            refuse(column, "indicator", settings.indicator(), "a numeric or datetime column");
        }
    }

    private void checkEncoding(ColumnProfile column, ColumnPreprocessing settings) {
        Encoding encoding = settings.encode();
        if (encoding == null) {
            return;
        }
        String name = Names.of(encoding.getClass());
        String accepted = accepted(column.type());
        if (!fits(encoding, column.type())) {
            violations.add(
                    pointer(column, "encode"),
                    "encode is \"%s\" for %s, which is of type %s; accepted: %s"
                            .formatted(
                                    name,
                                    Quote.text(column.name()),
                                    column.type().label(),
                                    accepted));
        } else if (!(encoding instanceof Encoding.OneHotSpec)
                && specification.learningTask().embedded().contains(column.name())) {
            violations.add(
                    pointer(column, "encode"),
                    "encode is \"%s\" for %s, whose level numbers an embedding of the network reads; accepted: one_hot, or no embedding of it"
                            .formatted(name, Quote.text(column.name())));
        } else if (encoding instanceof Encoding.TargetMeanSpec) {
            checkTargetMean(pointer(column, "encode"));
        } else if (encoding instanceof Encoding.DatetimePartsSpec parts) {
            checkParts(column, settings, parts);
        } else if (encoding instanceof Encoding.HashedNgramsSpec hashed) {
            checkTexts(column, settings, hashed.minN(), hashed.maxN());
        } else if (encoding instanceof Encoding.TfIdfSpec terms) {
            checkTexts(column, settings, terms.minN(), terms.maxN());
        }
    }

    private static boolean fits(Encoding encoding, ColumnType type) {
        return switch (type) {
            case NUMERIC, IGNORE -> false;
            case DATETIME -> encoding instanceof Encoding.DatetimePartsSpec;
            case TEXT -> encoding.isOfTexts();
            case CATEGORICAL, BOOLEAN -> !(encoding instanceof Encoding.DatetimePartsSpec);
        };
    }

    private static String accepted(ColumnType type) {
        return switch (type) {
            case NUMERIC, IGNORE -> "none, and scale instead";
            case DATETIME -> "datetime_parts";
            case TEXT -> "hashed_ngrams, tf_idf";
            case CATEGORICAL, BOOLEAN -> "one_hot, ordinal, binary, target_mean, hashed_ngrams, tf_idf";
        };
    }

    private void checkParts(ColumnProfile column, ColumnPreprocessing settings, Encoding.DatetimePartsSpec encoding) {
        if (settings.scale() != null) {
            violations.add(
                    pointer(column, "scale"),
                    "scale and datetime_parts are both given for %s; accepted: one of them"
                            .formatted(Quote.text(column.name())));
        }
        if (Set.copyOf(encoding.parts()).size() < encoding.parts().size()) {
            violations.add(pointer(column, "encode") + "/parts", "parts names one twice; accepted: each once");
        }
        for (int i = 0; i < encoding.differences().size(); i++) {
            String other = encoding.differences().get(i);
            ColumnProfile found = specification.features().contains(other) ? columns.get(other) : null;
            if (found == null || found.type() != ColumnType.DATETIME || other.equals(column.name())) {
                violations.add(
                        pointer(column, "encode") + "/differences/" + i,
                        "differences names %s; accepted: another feature of type datetime"
                                .formatted(Quote.text(other)));
            }
        }
    }

    private void checkTexts(ColumnProfile column, ColumnPreprocessing settings, int minN, int maxN) {
        if (maxN < minN) {
            violations.add(
                    pointer(column, "encode") + "/max_n",
                    "max_n is %d with a min_n of %d; accepted: at least min_n".formatted(maxN, minN));
        }
        if (settings.impute() != null) {
            violations.add(
                    pointer(column, "impute"),
                    "impute is \"%s\" for the texts of %s; accepted: none, since an empty cell has no terms"
                            .formatted(Names.of(settings.impute()), Quote.text(column.name())));
        }
    }

    /** It is known here how many classes there are if there are few. */
    private void checkTargetMean(String pointer) {
        if (specification.task() == Task.AUTOENCODER) {
            violations.add(pointer, "target_mean needs a target, which task autoencoder lacks; accepted: another task");
        }
        if (specification.task() == Task.CLASSIFICATION) {
            ColumnProfile target = columns.get(specification.targets().get(0));
            if (target != null && target.leastDistinct() > Encoding.TargetMeanSpec.MAX_CLASSES) {
                violations.add(
                        pointer,
                        "target_mean has an input per class, and %s has at least %d; accepted: up to %d"
                                .formatted(
                                        Quote.text(target.name()),
                                        target.leastDistinct(),
                                        Encoding.TargetMeanSpec.MAX_CLASSES));
            }
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
