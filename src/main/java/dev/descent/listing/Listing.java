package dev.descent.listing;

import dev.descent.core.Name;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param hasMore whether there are older entries behind the last of {@code data}
 */
public record Listing<T>(
        @Name("object") String object,
        @Name("data") List<T> data,
        @Name("has_more") boolean hasMore) {

    /** A page of entities that were asked for one more than the page holds. */
    public static <E, T> Listing<T> of(List<E> found, Cursor cursor, Function<E, T> view) {
        return new Listing<>(
                "list", found.stream().limit(cursor.limit()).map(view).toList(), found.size() > cursor.limit());
    }
}
