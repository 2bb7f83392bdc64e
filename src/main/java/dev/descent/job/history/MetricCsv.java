package dev.descent.job.history;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A loss history as CSV: one column per requested score, empty where an epoch does not have it. */
public final class MetricCsv {

    private MetricCsv() {}

    public static String write(List<MetricPoint> history, int maxPoints, Set<String> keys) {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvWriter.builder()
                .bufferSize(0)
                .lineDelimiter(LineDelimiter.LF)
                .build(text);
        List<String> columns = MetricColumns.select(keys);
        csv.writeRecord(columns);
        for (MetricPoint point : MetricHistory.atMost(maxPoints, history)) {
            csv.writeRecord(columns.stream()
                    .map(name -> Objects.toString(MetricColumns.value(point, name), ""))
                    .toList());
        }
        return text.toString();
    }
}
