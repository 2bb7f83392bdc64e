package dev.descent.retention;

import dev.descent.core.Name;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What goes by the rules of an owner, or has gone.
 *
 * @param complete whether nothing more goes; at most {@link Retention#MOST} of each kind go at a time
 */
record RetentionReport(
        @Name("object") String object,
        @Name("owner") String owner,
        @Name("rules") RetentionRules rules,
        @Name("versions") Part<Version> versions,
        @Name("datasets") Part<Item> datasets,
        @Name("jobs") Part<Item> jobs,
        @Name("complete") boolean complete) {

    private static final int LISTED = 100;

    /**
     * Things of one kind.
     *
     * @param data the first of them
     */
    record Part<T>(
            @Name("count") int count,
            @Name("bytes") long bytes,
            @Name("data") List<T> data) {

        static <T> Part<T> of(List<T> all, ToLongFunction<T> bytes) {
            return new Part<>(
                    all.size(),
                    all.stream().mapToLong(bytes).sum(),
                    all.stream().limit(LISTED).toList());
        }
    }

    record Version(
            @Name("model") String model,
            @Name("version") int version,
            @Name("bytes") long bytes,
            @Name("last_used_at") Instant lastUsedAt,
            @Name("reasons") List<String> reasons) {}

    /** @param lastUsedAt of a job its end */
    record Item(
            @Name("id") String id,
            @Name("bytes") long bytes,
            @Name("last_used_at") @Nullable Instant lastUsedAt,
            @Name("reasons") List<String> reasons) {}
}
