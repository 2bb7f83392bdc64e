package dev.descent.listing;

import dev.descent.core.Name;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param hasMore whether there are entries older than the last of {@code data}
 */
public record Listing<T>(
        @Name("object") String object,
        @Name("data") List<T> data,
        @Name("has_more") boolean hasMore) {

    /**
     * A page of a list that is completely in memory.
     *
     * @param all newest first
     * @param after the last id of the previous page; null for the first page
     * @throws dev.descent.problem.ProblemException 422 if the list has no such id
     */
    public static <T> Listing<T> page(
            List<T> all, @Nullable Integer limit, @Nullable String after, Function<T, String> id) {
        Cursor cursor = Cursor.of(limit, after);
        List<String> ids = all.stream().map(id).toList();
        if (after != null && !ids.contains(after)) {
            throw Cursor.unknown(after);
        }
        return of(all.subList(after == null ? 0 : ids.indexOf(after) + 1, all.size()), cursor, Function.identity());
    }

    /** A page of the entities found, which are one more than the page size if there are more pages. */
    public static <E, T> Listing<T> of(List<E> found, Cursor cursor, Function<E, T> view) {
        return new Listing<>(
                "list", found.stream().limit(cursor.limit()).map(view).toList(), found.size() > cursor.limit());
    }

    /** The same, without those that somebody has deleted since they were found. */
    public static <E, T> Listing<T> ofRemaining(List<E> found, Cursor cursor, Function<E, Optional<T>> view) {
        Listing<Optional<T>> page = of(found, cursor, view);
        return new Listing<>(
                page.object(), page.data().stream().flatMap(Optional::stream).toList(), page.hasMore());
    }
}
