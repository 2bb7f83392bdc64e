package dev.descent.dataset;

import dev.descent.core.Excerpt;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.cell.TextTable;
import dev.descent.dataset.format.ReadingRules;
import dev.descent.dataset.format.RowHandler;
import dev.descent.dataset.profile.ColumnProfile;
import dev.descent.dataset.statistics.Associations;
import dev.descent.dataset.statistics.Histogram;
import dev.descent.dataset.statistics.HistogramReader;
import dev.descent.dataset.statistics.Sample;
import dev.descent.principal.Principal;
import dev.descent.problem.ProblemException;
import dev.descent.request.RequestHeap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Figures of columns, computed from the stored file when they are asked for. */
@Service
class DatasetStatistics {

    /** Without its characters. */
    private static final int HEAP_PER_LEVEL = 128;

    /** Of all levels of a column that are counted. */
    private static final int HEAP_OF_CHARACTERS = 1 << 18;

    private final Datasets datasets;
    private final RequestHeap heap;

    DatasetStatistics(Datasets datasets, RequestHeap heap) {
        this.datasets = datasets;
        this.heap = heap;
    }

    /**
     * Reads the whole file.
     *
     * @throws ProblemException 404 for an unknown dataset or column; 422 without a column
     */
    Histogram histogram(Principal principal, String id, @Nullable String column, int bins) {
        Dataset dataset = datasets.find(principal, id);
        if (column == null) {
            throw ProblemException.invalid("?column", "column is absent; accepted: the name of a column");
        }
        List<ColumnProfile> columns = datasets.info(dataset).columns();
        int index = indexOf(columns, column);
        if (index < 0) {
            throw ProblemException.notFound("column", Excerpt.of(column));
        }
        heap.reserve(HistogramReader.HEAP);
        HistogramReader reader = new HistogramReader(
                columns.get(index),
                index,
                bins,
                missingValues(dataset),
                datasets.reading(dataset).reader(column));
        read(dataset, reader);
        return reader.histogram();
    }

    /**
     * Reads the whole file.
     *
     * @throws ProblemException 404 for an unknown dataset; 422 for a target that it does not have, or that has too many
     *     levels
     */
    Associations associations(Principal principal, String id, @Nullable String target) {
        Dataset dataset = datasets.find(principal, id);
        List<ColumnProfile> columns = datasets.info(dataset).columns();
        if (target == null || indexOf(columns, target) < 0) {
            throw ProblemException.invalid(
                    "?target",
                    "target is %s; accepted: one of %s"
                            .formatted(
                                    target == null ? "absent" : "\"%s\"".formatted(Excerpt.of(target)),
                                    Excerpt.of(
                                            columns.stream()
                                                    .map(ColumnProfile::name)
                                                    .toList(),
                                            "columns")));
        }
        ColumnProfile chosen = columns.get(indexOf(columns, target));
        if (!isComparable(chosen)) {
            throw ProblemException.invalid(
                    "?target",
                    "\"%s\" is of type %s with %d distinct values; accepted: numbers, dates, or levels of which there are up to 1,000"
                            .formatted(Excerpt.of(target), chosen.type().label(), chosen.distinct()));
        }
        ReadingRules reading = datasets.reading(dataset);
        List<Sample.Field> fields = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ColumnProfile column = columns.get(i);
            if (isComparable(column)) {
                fields.add(new Sample.Field(i, column.name(), column.type(), reading.reader(column.name())));
            } else {
                leftOut.add(column.name());
            }
        }
        heap.reserve(Sample.heapBytes(fields.size(), dataset.rows()) + heapOfLevels(columns));
        Sample sample = new Sample(fields, dataset.rows(), missingValues(dataset));
        read(dataset, sample);
        return Associations.of(sample, target, dataset.rows(), leftOut);
    }

    /** At most, of all columns that are compared. */
    private static long heapOfLevels(List<ColumnProfile> columns) {
        return columns.stream()
                .filter(column -> isComparable(column) && !column.type().isNumber())
                .mapToLong(column -> HEAP_PER_LEVEL * column.distinct()
                        + Math.min(
                                HEAP_OF_CHARACTERS,
                                Character.BYTES
                                        * column.distinct()
                                        * (column.longest() == null ? 0 : column.longest())))
                .sum();
    }

    private static boolean isComparable(ColumnProfile column) {
        return column.type() != ColumnType.IGNORE
                && (column.type().isNumber() || column.countedDistinct())
                && column.distinct() > 0;
    }

    private static int indexOf(List<ColumnProfile> columns, String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private TextTable missingValues(Dataset dataset) {
        return TextTable.of(datasets.missingValues(dataset));
    }

    private void read(Dataset dataset, RowHandler reader) {
        try {
            datasets.read(dataset, reader);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
