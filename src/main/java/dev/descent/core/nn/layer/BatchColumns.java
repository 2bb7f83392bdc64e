package dev.descent.core.nn.layer;

import dev.descent.core.Sizes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the columns of a batch mean: the raw columns they come from, in order. */
public final class BatchColumns {

    /** A layer may name thousands of columns, so none is searched for. */
    private record Position(BatchColumn column, long start) {}

    private final List<BatchColumn> list;
    private final Map<String, Position> byName = new HashMap<>();
    private final long width;
    private final boolean holdLevelNumbers;

    public BatchColumns(List<BatchColumn> list) {
        this.list = List.copyOf(list);
        long start = 0;
        for (BatchColumn column : list) {
            byName.putIfAbsent(column.name(), new Position(column, start));
            start = Sizes.sum(start, column.width());
        }
        this.width = start;
        this.holdLevelNumbers = list.stream().anyMatch(BatchColumn::holdsLevelNumbers);
    }

    /** A batch of plain numbers whose columns are named by their indexes. */
    public static BatchColumns numeric(int width) {
        return new BatchColumns(IntStream.range(0, width)
                .mapToObj(column -> new BatchColumn(Integer.toString(column), 1, 0))
                .toList());
    }

    public List<BatchColumn> list() {
        return list;
    }

    /** Possibly more than a network accepts, {@link LayerSpec#MAX_WIDTH}. */
    public long exactWidth() {
        return width;
    }

    /** The width of a batch that a network has accepted. */
    public int width() {
        return Math.toIntExact(width);
    }

    public boolean holdLevelNumbers() {
        return holdLevelNumbers;
    }

    Optional<BatchColumn> named(String name) {
        return Optional.ofNullable(byName.get(name)).map(Position::column);
    }

    /** The index in the batch at which a raw column starts. */
    public int start(BatchColumn column) {
        Position position = byName.get(column.name());
        return position == null ? width() : Math.toIntExact(position.start());
    }

    List<String> names() {
        return list.stream().map(BatchColumn::name).toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BatchColumns columns && list.equals(columns.list);
    }

    @Override
    public int hashCode() {
        return list.hashCode();
    }

    @Override
    public String toString() {
        return list.toString();
    }
}
