package dev.descent.dataset.format;

import dev.descent.problem.Violations;
import dev.descent.request.SpecReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

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
        return csv(file, header ? HeaderLine.PRESENT : HeaderLine.ABSENT);
    }

    private static RowSource csv(Path file, HeaderLine header) throws IOException {
        LayoutOptions declared = LayoutOptions.DEFAULT;
        return csv(
                file,
                new LayoutOptions(
                        null,
                        declared.quote(),
                        declared.escape(),
                        declared.comment(),
                        header,
                        null,
                        declared.ragged(),
                        declared.duplicateNames()));
    }

    /** With what is declared about it. */
    public static RowSource csv(Path file, LayoutOptions options) throws IOException {
        Detected detected = DatasetFormat.detect(file, DatasetFormat.CSV, options);
        return detected.format().rows(file, detected.layout());
    }

    /** Header and rows, with the detected delimiter. */
    public static List<List<String>> rows(Path file, boolean header) {
        List<List<String>> rows = new ArrayList<>();
        try {
            csv(file, header).read(collect(rows));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return rows;
    }

    /** Adds header and rows to a list. */
    public static RowHandler collect(List<List<String>> rows) {
        return new RowHandler() {
            @Override
            public void header(List<String> columns) {
                rows.add(columns);
            }

            @Override
            public boolean row(Row row) {
                rows.add(row.texts());
                return true;
            }
        };
    }

    /** Of JSON with single quotes. */
    static LayoutOptions options(String json) {
        LayoutOptions options = new SpecReader(new Violations())
                .read(
                        JsonMapper.shared().readTree(json.replace('\'', '"').replace("\\", "\\\\")),
                        LayoutOptions.class,
                        "#",
                        LayoutOptions.DEFAULT);
        return Objects.requireNonNull(options);
    }
}
