package dev.descent.dataset.format;

import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.dataset.block.BlockThreads;
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
    CSV(MediaTypes.CSV, List.of(".csv")) {
        @Override
        Detected detect(Path file, LayoutOptions options, BlockThreads threads) throws IOException {
            return CsvSniffer.detect(file, options);
        }

        @Override
        public RowSource rows(Path file, FileLayout layout, RowLimits limits) {
            return new CsvFile(file, layout, limits);
        }
    },
    /** The same with tabs between cells. */
    @Name("tsv")
    TSV(MediaTypes.TSV, List.of(".tsv", ".tab")) {
        @Override
        Detected detect(Path file, LayoutOptions options, BlockThreads threads) throws IOException {
            return CsvSniffer.detect(file, options.orDelimiter("\t"));
        }

        @Override
        public RowSource rows(Path file, FileLayout layout, RowLimits limits) {
            return new CsvFile(file, layout, limits);
        }
    },
    /** A flat JSON object in each line. */
    @Name("ndjson")
    NDJSON(MediaTypes.NDJSON, List.of(".ndjson", ".jsonl")) {
        @Override
        Detected detect(Path file, LayoutOptions options, BlockThreads threads) throws IOException {
            return NdjsonFile.detect(file, threads);
        }

        @Override
        public RowSource rows(Path file, FileLayout layout, RowLimits limits) {
            return new NdjsonFile(file, layout, limits);
        }

        @Override
        public String contentType(FileLayout layout) {
            return MediaTypes.NDJSON;
        }

        @Override
        public boolean hasNulls() {
            return true;
        }
    },
    /** Apache Parquet with flat columns. */
    @Name("parquet")
    PARQUET(MediaTypes.PARQUET, List.of(".parquet", ".pq")) {
        @Override
        Detected detect(Path file, LayoutOptions options, BlockThreads threads) throws IOException {
            return ParquetFile.detect(file, options);
        }

        @Override
        public RowSource rows(Path file, FileLayout layout, RowLimits limits) {
            return new ParquetFile(file, layout, limits);
        }

        @Override
        public String contentType(FileLayout layout) {
            return MediaTypes.PARQUET;
        }

        @Override
        public boolean hasNulls() {
            return true;
        }

        @Override
        public boolean isText() {
            return false;
        }
    };

    private final String mediaType;
    private final List<String> extensions;

    DatasetFormat(String mediaType, List<String> extensions) {
        this.mediaType = mediaType;
        this.extensions = extensions;
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
                .filter(format -> format.mediaType.equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No format has the media type " + type));
    }

    /** The format whose extension the name has; null if it has none of them. */
    @Nullable
    public static DatasetFormat ofFileName(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.extensions.stream().anyMatch(lowerCase::endsWith))
                .findFirst()
                .orElse(null);
    }

    /**
     * What a file is, and how it is laid out: what the client does not declare is found out.
     *
     * @param declared as its name or media type says; null if neither does
     * @throws dev.descent.problem.ProblemException 422 if the file cannot be of this format
     */
    public static Detected detect(Path file, @Nullable DatasetFormat declared, LayoutOptions options)
            throws IOException {
        return detect(file, declared, options, BlockThreads.alone());
    }

    /** The same with some threads, where it takes a look at the whole file. */
    public static Detected detect(
            Path file, @Nullable DatasetFormat declared, LayoutOptions options, BlockThreads threads)
            throws IOException {
        if (FileKind.isParquet(file, declared == null)) {
            return PARQUET.detect(file, options, threads);
        }
        if (declared == null) {
            return (FileKind.isNdjson(file) ? NDJSON : CSV).detect(file, options, threads);
        }
        return declared.detect(file, options, threads);
    }

    /** Whether it has characters, and so an encoding. */
    public boolean isText() {
        return true;
    }

    /** Whether its cells may be missing other than by a text, so that an empty one always is. */
    public boolean hasNulls() {
        return false;
    }

    /** The media type of a stored file in this format. */
    public String contentType(FileLayout layout) {
        return mediaType + ";charset=" + layout.encoding().charset();
    }

    /** Such as {@code .csv}. */
    public String extension() {
        return extensions.get(0);
    }

    abstract Detected detect(Path file, LayoutOptions options, BlockThreads threads) throws IOException;

    /** The rows of a stored file. */
    public final RowSource rows(Path file, FileLayout layout) {
        return rows(file, layout, RowLimits.STORED);
    }

    /** The rows of an upload, which is refused if it exceeds the limits. */
    public abstract RowSource rows(Path file, FileLayout layout, RowLimits limits);
}
