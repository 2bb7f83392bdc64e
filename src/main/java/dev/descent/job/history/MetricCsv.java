package dev.descent.job.history;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;

/** A loss history as CSV: one column per score, empty where an epoch does not have it. */
public final class MetricCsv {

    private MetricCsv() {}

    public static String write(List<MetricPoint> history) {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvWriter.builder()
                .bufferSize(0)
                .lineDelimiter(LineDelimiter.LF)
                .build(text);
        csv.writeRecord(MetricColumns.names());
        for (MetricPoint point : history) {
            csv.writeRecord(MetricColumns.names().stream()
                    .map(name -> Objects.toString(MetricColumns.value(point, name), ""))
                    .toList());
        }
        return text.toString();
    }
}
