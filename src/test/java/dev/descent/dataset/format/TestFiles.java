package dev.descent.dataset.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Files to read, and what reading them yields. */
public final class TestFiles {

    public static final Set<String> MISSING = Set.of("", "NA");

    private TestFiles() {}

    public static Path write(Path directory, String text) {
        return write(directory, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Path write(Path directory, byte[] bytes) {
        try {
            return Files.write(directory.resolve("file.csv"), bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** With the detected delimiter. */
    public static RowSource csv(Path file, boolean header) throws IOException {
        return DatasetFormat.CSV.rows(file, DatasetFormat.CSV.layout(file, null, header));
    }

    /** Header and rows, with the detected delimiter. */
    public static List<List<String>> rows(Path file, boolean header) {
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
}
