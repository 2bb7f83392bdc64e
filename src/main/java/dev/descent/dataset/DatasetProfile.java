package dev.descent.dataset;

import dev.descent.core.Name;
import dev.descent.store.StoredFormat;
import java.util.List;

/** What one pass over a file found. */
record DatasetProfile(
        @Name("rows") long rows,
        @Name("columns") List<ColumnProfile> columns,
        @Name("warnings") List<String> warnings) {

    /** How it is stored. In 1, levels had no longest, and numbers that were written differently counted as distinct. */
    static final StoredFormat FORMAT = new StoredFormat("profile", 2);
}
