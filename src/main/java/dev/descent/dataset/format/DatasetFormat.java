package dev.descent.dataset.format;

import dev.descent.core.Name;
import dev.descent.core.Names;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A format of dataset files. A new one is a constant here and a {@link RowSource} next to it. */
public enum DatasetFormat {
    /** RFC 4180, or with another delimiter. */
    @Name("csv")
    CSV("text/csv;charset=UTF-8", ".csv", List.of("text/csv", "text/tab-separated-values")) {
        @Override
        public FileLayout layout(Path file, @Nullable String delimiter, boolean header) throws IOException {
            char sniffed = CsvSniffer.delimiter(file);
            return new FileLayout(delimiter == null ? sniffed : delimiter.charAt(0), header);
        }

        @Override
        public RowSource rows(Path file, FileLayout layout, RowLimits limits) {
            return new CsvFile(file, layout, limits);
        }
    };

    private final String contentType;
    private final String extension;
    private final List<String> accepted;

    /** @param accepted the media types of uploads in this format */
    DatasetFormat(String contentType, String extension, List<String> accepted) {
        this.contentType = contentType;
        this.extension = extension;
        this.accepted = accepted;
    }

    /** The format with a stored name. */
    public static DatasetFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> Names.of(format).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A later version of Descent wrote the format " + name));
    }

    /** @param type without parameters */
    public static DatasetFormat ofMediaType(String type) {
        return Arrays.stream(values())
                .filter(format -> format.accepted.contains(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No format has the media type " + type));
    }

    /** CSV unless the name has the extension of another format. */
    public static DatasetFormat ofFileName(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> lowerCase.endsWith(format.extension))
                .findFirst()
                .orElse(CSV);
    }

    /** The media type of files in this format. */
    public String contentType() {
        return contentType;
    }

    /** Such as {@code .csv}. */
    public String extension() {
        return extension;
    }

    /**
     * The layout of an upload; what the client does not declare is read from the file.
     *
     * @throws dev.descent.problem.ProblemException 422 if the file cannot be of this format
     */
    public abstract FileLayout layout(Path file, @Nullable String delimiter, boolean header) throws IOException;

    /** The rows of a stored file. */
    public final RowSource rows(Path file, FileLayout layout) {
        return rows(file, layout, RowLimits.STORED);
    }

    /** The rows of an upload, which is refused if it exceeds the limits. */
    public abstract RowSource rows(Path file, FileLayout layout, RowLimits limits);
}
