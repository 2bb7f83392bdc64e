package dev.descent.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Name;
import dev.descent.dataset.format.DatasetFormat;
import dev.descent.principal.Visibility;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as clients and other features see it.
 *
 * @param bytes the size of the upload after decompression; {@code sha256} is of the same bytes
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record DatasetInfo(
        @Name("id") String id,
        @Name("object") String object,
        @Name("name") String name,
        @Name("owner") String owner,
        @Name("visibility") Visibility visibility,
        @Name("description") @Nullable String description,
        @Name("created_at") Instant createdAt,
        @Name("format") DatasetFormat format,
        @Name("bytes") long bytes,
        @Name("rows") long rows,
        @Name("sha256") String sha256,
        @Name("columns") List<ColumnProfile> columns,
        @Name("warnings") List<String> warnings) {

    /** The heap that these columns occupy once they are read, estimated from their profiles. */
    public long heapBytes(Collection<String> names) {
        return columns.stream()
                .filter(column -> names.contains(column.name()))
                .mapToLong(column -> column.heapBytes(rows, bytes))
                .sum();
    }

    public Optional<ColumnProfile> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }
}
