package dev.descent.core.nn.layer;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What the columns of a batch mean: the raw columns they come from, in order. */
public record BatchColumns(List<BatchColumn> list) {

    public BatchColumns {
        list = List.copyOf(list);
    }

    /** A batch of plain numbers whose columns are named by their indexes. */
    public static BatchColumns numeric(int width) {
        return new BatchColumns(IntStream.range(0, width)
                .mapToObj(column -> new BatchColumn(Integer.toString(column), 1, 0))
                .toList());
    }

    public int width() {
        return list.stream().mapToInt(BatchColumn::width).sum();
    }

    public boolean holdLevelNumbers() {
        return list.stream().anyMatch(BatchColumn::holdsLevelNumbers);
    }

    Optional<BatchColumn> named(String name) {
        return list.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** The index in the batch at which a raw column starts. */
    public int start(BatchColumn wanted) {
        return list.stream()
                .takeWhile(column -> !column.equals(wanted))
                .mapToInt(BatchColumn::width)
                .sum();
    }

    List<String> names() {
        return list.stream().map(BatchColumn::name).toList();
    }
}
