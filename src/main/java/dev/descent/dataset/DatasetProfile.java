package dev.descent.dataset;

import java.util.List;

/** What one pass over a file found. */
record DatasetProfile(long rows, List<ColumnProfile> columns, List<String> warnings) {}
