package dev.descent.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as clients and other features see it.
 *
 * @param bytes of the upload, after decompression, as is {@code sha256}
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DatasetInfo(
        String id,
        String object,
        String name,
        @Nullable String description,
        Instant createdAt,
        String format,
        long bytes,
        long rows,
        String sha256,
        List<ColumnProfile> columns,
        List<String> warnings) {

    /** The heap that some of its columns take once they are read, judged by their profiles. */
    public long heapBytes(Collection<String> names) {
        return columns.stream()
                .filter(column -> names.contains(column.name()))
                .mapToLong(column -> column.heapBytes(rows))
                .sum();
    }

    public Optional<ColumnProfile> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }
}
