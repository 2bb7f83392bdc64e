package dev.descent.job.history;

import dev.descent.format.CsvOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** A loss history as CSV: one column per requested score, empty where an epoch does not have it. */
public final class MetricCsv implements AutoCloseable {

    private final CsvOutput csv;
    private final List<String> columns;

    /** @param hasFolds whether it is the history of a cross-validation */
    public MetricCsv(OutputStream target, Set<String> keys, boolean hasFolds) {
        this.csv = new CsvOutput(new OutputStreamWriter(target, StandardCharsets.UTF_8));
        this.columns = MetricColumns.select(keys, hasFolds);
        csv.write(columns);
    }

    public void write(MetricPoint point) {
        csv.write(columns.stream().map(name -> MetricColumns.value(point, name)).toList());
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
