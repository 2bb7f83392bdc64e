package dev.descent.dataset.statistics;

import dev.descent.core.data.Cell;
import dev.descent.core.data.CellReader;
import dev.descent.core.data.ColumnType;
import dev.descent.dataset.cell.TextTable;
import dev.descent.dataset.format.Row;
import dev.descent.dataset.format.RowHandler;
import dev.descent.dataset.profile.ColumnProfile;
import dev.descent.dataset.profile.ColumnProfile.LevelCount;
import dev.descent.dataset.statistics.Histogram.Bin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Counts the values of one column in a single pass, in bounded memory. */
public final class HistogramReader implements RowHandler {

    /** What it takes at most, in bytes. */
    public static final int HEAP = 1 << 24;

    /** The heap of all levels that are counted one by one; those that come later count together. */
    private static final int HEAP_OF_LEVELS = HEAP / 4;

    private final ColumnProfile column;
    private final int index;
    private final int most;
    private final TextTable missingValues;
    private final CellReader reader;
    private final double[] edges;
    private final TextTable levels = new TextTable();
    private long[] counts;
    private long rows;
    private long missing;

    /**
     * @param index of the column in the file
     * @param most so many bins or levels
     * @param reader reads its numbers or dates
     */
    public HistogramReader(ColumnProfile column, int index, int most, TextTable missingValues, CellReader reader) {
        this.column = column;
        this.index = index;
        this.most = most;
        this.missingValues = missingValues;
        this.reader = reader;
        this.edges = edges(column, most);
        this.counts = new long[Math.max(1, column.type().isNumber() ? edges.length : most)];
    }

    /** One more than there are bins, in ascending order; none if the column has no value. */
    private static double[] edges(ColumnProfile column, int bins) {
        double least = value(column.min());
        double greatest = value(column.max());
        if (!column.type().isNumber() || Double.isNaN(least) || Double.isNaN(greatest)) {
            return new double[0];
        }
        if (least == greatest) {
            return new double[] {least, greatest};
        }
        // The difference of two huge numbers may be infinite; shares of them are not. Rounding may make edges equal.
        return IntStream.rangeClosed(0, bins)
                .mapToDouble(edge -> edge == bins
                        ? greatest
                        : least * (1 - (double) edge / bins) + greatest * ((double) edge / bins))
                .distinct()
                .toArray();
    }

    private static double value(@Nullable Object extreme) {
        if (extreme instanceof Number number) {
            return number.doubleValue();
        }
        return extreme instanceof String time ? Cell.day(time) : Double.NaN;
    }

    @Override
    public void header(List<String> columns) {
        // The profile already has them.
    }

    @Override
    public boolean row(Row cells) {
        rows++;
        char[] characters = cells.characters();
        int from = cells.from(index);
        int to = cells.to(index);
        if (missingValues.find(characters, from, to) != TextTable.UNKNOWN) {
            missing++;
        } else if (column.type().isNumber()) {
            count(reader.value(column.type(), characters, from, to));
        } else {
            count(characters, from, to);
        }
        return true;
    }

    private void count(double value) {
        if (Double.isNaN(value) || edges.length == 0) {
            missing++;
            return;
        }
        int found = Arrays.binarySearch(edges, value);
        int bin = found >= 0 ? found : -found - 2;
        counts[Math.max(0, Math.min(bin, edges.length - 2))]++;
    }

    private void count(char[] characters, int from, int to) {
        int level = levels.find(characters, from, to);
        if (level == TextTable.UNKNOWN) {
            if (levels.heapBytes() > HEAP_OF_LEVELS) {
                return;
            }
            level = levels.add(new String(characters, from, to - from));
            if (level == counts.length) {
                counts = Arrays.copyOf(counts, 2 * level);
            }
        }
        counts[level]++;
    }

    public Histogram histogram() {
        boolean isNumber = column.type().isNumber();
        List<LevelCount> top = isNumber ? List.of() : top();
        long others = rows - missing - top.stream().mapToLong(LevelCount::count).sum();
        return new Histogram(
                "histogram",
                column.name(),
                column.type(),
                rows,
                missing,
                isNumber ? bins() : null,
                isNumber ? null : top,
                isNumber ? null : others);
    }

    private List<Bin> bins() {
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin + 1 < edges.length; bin++) {
            bins.add(new Bin(readable(edges[bin]), readable(edges[bin + 1]), counts[bin]));
        }
        return bins;
    }

    private Object readable(double edge) {
        return column.type() == ColumnType.DATETIME ? Cell.timeOf(edge) : (Object) edge;
    }

    private List<LevelCount> top() {
        return IntStream.range(0, levels.size())
                .mapToObj(level -> new LevelCount(levels.texts().get(level), counts[level]))
                .sorted(Comparator.comparingLong(LevelCount::count).reversed().thenComparing(LevelCount::value))
                .limit(most)
                .toList();
    }
}
