package dev.descent.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.descent.core.Name;
import dev.descent.dataset.format.DatasetFormat;
import dev.descent.dataset.profile.ColumnProfile;
import dev.descent.principal.Visibility;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as clients and other features see it.
 *
 * @param bytes the size of the upload after decompression; {@code sha256} is of the same bytes
 * @param columns left out in a summary, and so are the warnings
 * @param summary whether it is one: lists show datasets with more than {@value #MOST_LISTED} columns as such
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
        @Name("column_count") int columnCount,
        @Name("columns") List<ColumnProfile> columns,
        @Name("warnings") List<String> warnings,
        @Name("summary") boolean summary) {

    static final int MOST_LISTED = 100;

    /** As it is shown among others. */
    DatasetInfo inList() {
        return columnCount <= MOST_LISTED ? this : with(List.of(), List.of(), true);
    }

    /** The same with the numbers of some columns as levels, each as it is written. */
    public DatasetInfo asWritten(Set<String> names) {
        if (names.isEmpty()) {
            return this;
        }
        List<ColumnProfile> changed = columns.stream()
                .map(column -> names.contains(column.name()) ? column.asWritten() : column)
                .toList();
        return with(changed, warnings, summary);
    }

    private DatasetInfo with(List<ColumnProfile> otherColumns, List<String> otherWarnings, boolean isSummary) {
        return new DatasetInfo(
                id,
                object,
                name,
                owner,
                visibility,
                description,
                createdAt,
                format,
                bytes,
                rows,
                sha256,
                columnCount,
                otherColumns,
                otherWarnings,
                isSummary);
    }

    /**
     * The heap that these columns occupy once they are read, estimated from their profiles.
     *
     * @param withNumbers whether numbers are on the heap
     */
    public long heapBytes(Collection<String> names, boolean withNumbers) {
        Set<String> wanted = Set.copyOf(names);
        return columns.stream()
                .filter(column -> wanted.contains(column.name()))
                .filter(column -> withNumbers || !column.type().isNumber())
                .mapToLong(column -> column.heapBytes(rows, bytes))
                .sum();
    }

    public Optional<ColumnProfile> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }
}
