package dev.descent.dataset;

import dev.descent.core.data.ColumnType;
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

    static final Set<String> MISSING = Set.copyOf(CsvFormat.DEFAULT_MISSING_VALUES);

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

    /** Header and rows, with the detected delimiter. */
    static List<List<String>> rows(Path file, boolean header) {
        List<List<String>> rows = new ArrayList<>();
        try {
            CsvFormat format = new CsvFormat(CsvSniffer.delimiter(file), header, MISSING);
            new CsvFile(file, format).read(new CsvFile.RowHandler() {
                @Override
                public void header(List<String> columns) {
                    rows.add(columns);
                }

                @Override
                public boolean row(CsvRow row) {
                    rows.add(row.texts());
                    return true;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return rows;
    }

    static DatasetProfile profile(Path file, Map<String, ColumnType> given) {
        try {
            CsvFormat format = new CsvFormat(CsvSniffer.delimiter(file), true, MISSING);
            return Profiler.profile(new CsvFile(file, format), MISSING, given, "#/options");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
