package dev.descent.dataset.profile;

import dev.descent.core.Name;
import dev.descent.store.StoredFormat;
import java.util.List;
import java.util.stream.Stream;

/** The result of profiling a file in one pass. */
public record DatasetProfile(
        @Name("rows") long rows,
        @Name("columns") List<ColumnProfile> columns,
        @Name("warnings") List<String> warnings) {

    /**
     * Its stored form. In version 1, levels had no longest, and different notations of a number counted as distinct; up
     * to version 2, columns had no reading.
     */
    public static final StoredFormat FORMAT = new StoredFormat("profile", 3);

    /** The same with what reading the file had to take for granted in front of its warnings. */
    public DatasetProfile after(List<String> earlier) {
        return new DatasetProfile(
                rows,
                columns,
                Stream.concat(earlier.stream(), warnings.stream()).toList());
    }
}
