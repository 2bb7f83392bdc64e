package dev.descent.dataset;

import dev.descent.core.data.ColumnType;
import dev.descent.dataset.format.DatasetFormat;
import dev.descent.dataset.format.Row;
import dev.descent.dataset.format.RowHandler;
import dev.descent.dataset.format.RowSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Files to read, and what reading them yields. */
final class TestFiles {

    static final Set<String> MISSING = Set.copyOf(UploadOptions.DEFAULT_MISSING_VALUES);

    private TestFiles() {}

    static Path write(Path directory, String text) {
        return write(directory, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path directory, byte[] bytes) {
        try {
            return Files.write(directory.resolve("file.csv"), bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** With the detected delimiter. */
    static RowSource csv(Path file, boolean header) throws IOException {
        return DatasetFormat.CSV.rows(file, DatasetFormat.CSV.layout(file, null, header));
    }

    /** Header and rows, with the detected delimiter. */
    static List<List<String>> rows(Path file, boolean header) {
        List<List<String>> rows = new ArrayList<>();
        try {
            csv(file, header).read(new RowHandler() {
                @Override
                public void header(List<String> columns) {
                    rows.add(columns);
                }

                @Override
                public boolean row(Row row) {
                    rows.add(row.texts());
                    return true;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return rows;
    }

    static Profiler.Job job(RowSource file, Map<String, ColumnType> given) {
        return new Profiler.Job(file, MISSING, given, "#/options", UploadLimits.DEFAULT, columns -> Long.MAX_VALUE);
    }

    static DatasetProfile profile(Path file, Map<String, ColumnType> given) {
        try {
            return Profiler.profile(job(csv(file, true), given));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
