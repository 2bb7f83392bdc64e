package dev.descent.model.evaluation;

import dev.descent.core.Name;
import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.train.evaluate.PartSlices;
import dev.descent.core.train.evaluate.metrics.Headline;
import dev.descent.core.train.evaluate.metrics.Intervals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headline figures of rows that have something in common.
 *
 * @param kind of what they have in common
 * @param level that they all have
 * @param from their least number, or an RFC 3339 time
 * @param to their largest
 * @param figures null where one does not exist
 */
record SliceView(
        @Name("kind") String kind,
        @Name("level") @Nullable String level,
        @Name("from") @Nullable Object from,
        @Name("to") @Nullable Object to,
        @Name("rows") int rows,
        @Name("figures") Map<String, @Nullable Double> figures,
        @Name("intervals") Intervals intervals) {

    /** For the draws of all slices together: rows × passes × resamples. */
    private static final long WORK = 400_000_000;

    static List<SliceView> of(EvaluatedPart part, Column column, Runnable cancellationCheck) {
        List<PartSlices.Slice> slices = PartSlices.of(column, part.predicted().rows());
        boolean isDate = column.type() == ColumnType.DATETIME;
        List<SliceView> views = new ArrayList<>();
        for (PartSlices.Slice slice : slices) {
            cancellationCheck.run();
            Headline headline = part.predicted().subset(slice.indexes()).headline();
            views.add(new SliceView(
                    switch (slice.kind()) {
                        case LEVEL -> "level";
                        case OTHER_LEVELS -> "other_levels";
                        case RANGE -> "range";
                        case MISSING -> "missing";
                    },
                    slice.level(),
                    CellView.ofNumber(slice.from(), isDate),
                    CellView.ofNumber(slice.to(), isDate),
                    slice.indexes().length,
                    headline.byName(),
                    Intervals.of(headline, WORK / slices.size(), cancellationCheck)));
        }
        return views;
    }
}
