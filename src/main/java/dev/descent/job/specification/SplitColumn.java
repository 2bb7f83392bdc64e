package dev.descent.job.specification;

import dev.descent.core.Excerpt;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.split.Split;
import dev.descent.core.data.split.SplitSpec;
import dev.descent.core.train.examples.PartRules;
import dev.descent.dataset.DatasetInfo;
import dev.descent.dataset.profile.ColumnProfile;
import dev.descent.problem.Violations;
import dev.descent.request.Quote;
import java.util.List;
import java.util.Optional;

/** The column by which rows are split, as a request names it. */
final class SplitColumn {

    private SplitColumn() {}

    /** Whether it is the column by which rows are split, and not a feature unless it is named as one. */
    static boolean isLeftOut(SplitSpec spec, String column) {
        SplitSpec.Key key = spec.key();
        return key != null && !key.feature() && key.column().equals(column);
    }

    static void check(SplitSpec spec, List<String> targets, DatasetInfo dataset, Violations violations) {
        SplitSpec.Key key = spec.key();
        if (key == null) {
            return;
        }
        String pointer = "#/split/" + key.field();
        ColumnProfile column = dataset.column(key.column()).orElse(null);
        if (column == null) {
            List<String> names =
                    dataset.columns().stream().map(ColumnProfile::name).toList();
            violations.add(
                    pointer,
                    "%s is %s; accepted: one of %s"
                            .formatted(key.field(), Quote.text(key.column()), Excerpt.of(names, "columns")));
        } else if (targets.contains(key.column())) {
            violations.add(pointer, "%s is the target; accepted: another column".formatted(Quote.text(key.column())));
        } else {
            Optional<String> fault = spec.match(
                    random -> Optional.empty(),
                    byColumn -> faultOfParts(column),
                    time -> faultOfTime(column),
                    group -> Optional.empty(),
                    folds -> Optional.empty());
            fault.ifPresent(detail -> violations.add(pointer, detail));
            violations.addAll(FitRules.ofData(PartRules.ofGroups(spec, column.mostDistinct())));
        }
    }

    private static Optional<String> faultOfParts(ColumnProfile column) {
        String accepted = "accepted: a column of %s".formatted(String.join(", ", Split.PARTS));
        if (column.type().isNumber()) {
            return Optional.of("%s is of type %s; %s"
                    .formatted(Quote.text(column.name()), column.type().label(), accepted));
        }
        boolean hasMore = column.allLevels() == null && column.leastDistinct() > Split.PARTS.size();
        return hasMore
                ? Optional.of("%s has at least %d different values; %s"
                        .formatted(Quote.text(column.name()), column.leastDistinct(), accepted))
                : Optional.empty();
    }

    private static Optional<String> faultOfTime(ColumnProfile column) {
        return column.type().isNumber()
                ? Optional.empty()
                : Optional.of("%s is of type %s; accepted: a column of type %s or %s"
                        .formatted(
                                Quote.text(column.name()),
                                column.type().label(),
                                ColumnType.DATETIME.label(),
                                ColumnType.NUMERIC.label()));
    }
}
