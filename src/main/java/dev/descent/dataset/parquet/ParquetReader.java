package dev.descent.dataset.parquet;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.zip.ZipException;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a Parquet file of flat columns row by row. The library does, which holds a row group in memory as it is in the
 * file, and a page of each column decoded. Before it reads, everything it allocates by is held against the file.
 */
public final class ParquetReader implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(ParquetReader.class);

    private static final long MEGABYTE = 1L << 20;

    /** What a row group may take: half of what the server itself leaves of its heap. */
    private static final long MOST_HEAP =
            Math.max(16 * MEGABYTE, (Runtime.getRuntime().maxMemory() - 96 * MEGABYTE) / 2);

    /** The same for all files that are read at the same time: jobs read as well as requests. */
    private static final Semaphore MEGABYTES = new Semaphore((int) Math.min(1 << 30, MOST_HEAP / MEGABYTE), true);

    /** What decoders may take beyond that: so many times less. */
    private static final int DECODED_SHARE = 4;

    private final Path path;
    private final FileChannel file;
    private final Footer footer;
    private final long mostHeap;

    private ParquetReader(Path path, FileChannel file, Footer footer, long mostHeap) {
        this.path = path;
        this.file = file;
        this.footer = footer;
        this.mostHeap = mostHeap;
    }

    /** @throws UnreadableParquetException if it is no Parquet, or damaged */
    public static ParquetReader open(Path path) throws IOException {
        return open(path, MOST_HEAP);
    }

    /** @param mostHeap what a row group may take */
    static ParquetReader open(Path path, long mostHeap) throws IOException {
        FileChannel file = FileChannel.open(path);
        try {
            return new ParquetReader(path, file, Footer.read(file), mostHeap);
        } catch (IOException | RuntimeException | Error failure) {
            file.close();
            throw failure;
        }
    }

    /**
     * What a file may have.
     *
     * @param cellLength the maximum number of characters in a cell
     * @param bytes what all pages may have together, decompressed
     */
    public record Limits(int cellLength, long bytes) {}

    /** Receives cells in the order of rows and, within each, of columns. */
    public interface Cells {

        /** @param row from 1 */
        void begin(long row);

        void cell(String text);

        /** @return whether to continue */
        boolean end();
    }

    /** Their names, in the order of the file. */
    public List<String> columns() {
        return footer.columns().stream().map(Footer.Column::name).toList();
    }

    public long rows() {
        return footer.rows();
    }

    /** The bytes of the file. */
    public long length() throws IOException {
        return file.size();
    }

    /** A column that is not read, and its type. */
    public record Unread(String column, String type) {}

    /** Those whose types are not read. */
    public List<Unread> unread() {
        return footer.columns().stream()
                .filter(column -> column.text() == null)
                .map(column -> new Unread(column.name(), column.label()))
                .toList();
    }

    /**
     * What reading takes in memory, at most.
     *
     * @throws UnreadableParquetException if that is more than there is, or pages are damaged
     */
    public long heapBytes() throws IOException {
        return check(Long.MAX_VALUE);
    }

    /**
     * Looks at all pages before any of them is read.
     *
     * @param mostBytes what they may have together, decompressed
     * @return what the largest row group takes in memory
     */
    private long check(long mostBytes) throws IOException {
        long bytes = 0;
        long largest = 0;
        List<BlockMetaData> groups = footer.metadata().getBlocks();
        for (int i = 0; i < groups.size(); i++) {
            long heap = 0;
            List<ColumnChunkMetaData> chunks = groups.get(i).getColumns();
            for (int k = 0; k < chunks.size(); k++) {
                PageGuard.Need need = need(i, k, chunks.get(k));
                bytes += need.bytes();
                heap += need.heap();
                if (bytes > mostBytes) {
                    throw new UnreadableParquetException(
                            "its pages have more than %d bytes, decompressed; descent.max-upload-size sets this limit"
                                    .formatted(mostBytes));
                }
            }
            if (heap > mostHeap) {
                throw new UnreadableParquetException(
                        "row group %d of %d takes %d MB of memory; accepted: up to %d MB; write the file with smaller row groups, or give the server a larger heap"
                                .formatted(
                                        i + 1, groups.size(), (heap + MEGABYTE - 1) / MEGABYTE, mostHeap / MEGABYTE));
            }
            largest = Math.max(largest, heap);
        }
        return largest;
    }

    private PageGuard.Need need(int group, int column, ColumnChunkMetaData chunk) throws IOException {
        try {
            return PageGuard.of(file, chunk);
        } catch (UnreadableParquetException damaged) {
            throw UnreadableParquetException.of(
                    "in row group %d, column \"%.80s\", %s"
                            .formatted(group + 1, footer.columns().get(column).name(), damaged.getMessage()),
                    damaged);
        }
    }

    /**
     * Reads all rows, or until told to stop. Waits while other files that are read take the memory.
     *
     * @throws UnreadableParquetException if the file is damaged or exceeds a limit
     * @throws IllegalStateException if there is a column that is not read
     */
    public void read(Cells cells, Limits limits) throws IOException {
        int megabytes = (int) (check(limits.bytes()) / MEGABYTE);
        try {
            MEGABYTES.acquire(megabytes);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while other files took the memory");
        }
        try {
            readGroups(cells, limits);
        } finally {
            MEGABYTES.release(megabytes);
        }
    }

    private void readGroups(Cells cells, Limits limits) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new PageCodecs())
                .usePageChecksumVerification()
                .build();
        LocalInputFile input = new LocalInputFile(path);
        try (ParquetFileReader reader = new ParquetFileReader(input, footer.metadata(), options, input.newStream())) {
            long before = 0;
            List<BlockMetaData> groups = footer.metadata().getBlocks();
            for (int i = 0; i < groups.size(); i++) {
                long rows = groups.get(i).getRowCount();
                if (!new Group(i + 1, before, rows, limits.cellLength()).read(reader, cells)) {
                    return;
                }
                before += rows;
            }
        }
    }

    /** The rows of a group. */
    private final class Group {

        private final int number;
        private final long before;
        private final long rows;
        private final int mostPerCell;

        Group(int number, long before, long rows, int mostPerCell) {
            this.number = number;
            this.before = before;
            this.rows = rows;
            this.mostPerCell = mostPerCell;
        }

        boolean read(ParquetFileReader reader, Cells cells) throws IOException {
            List<ColumnCells> columns = open(reader);
            for (long row = before + 1; row <= before + rows; row++) {
                cells.begin(row);
                for (ColumnCells column : columns) {
                    cells.cell(column.next(row, mostPerCell));
                }
                if (!cells.end()) {
                    return false;
                }
            }
            return true;
        }

        private List<ColumnCells> open(ParquetFileReader reader) throws IOException {
            MessageType schema = footer.metadata().getFileMetaData().getSchema();
            String writer = footer.metadata().getFileMetaData().getCreatedBy();
            String place = "in row group %d".formatted(number);
            PageReadStore pages = damagedIf(place, reader::readNextRowGroup);
            ColumnReadStoreImpl store =
                    new ColumnReadStoreImpl(new GuardedPages(pages, mostHeap / DECODED_SHARE), ANY, schema, writer);
            List<ColumnCells> columns = new ArrayList<>();
            for (int i = 0; i < footer.columns().size(); i++) {
                Footer.Column column = footer.columns().get(i);
                ValueText text = column.text();
                if (text == null) {
                    throw new IllegalStateException("Column %s is of a type that is not read".formatted(column.name()));
                }
                String where = "%s, column \"%.80s\"".formatted(place, column.name());
                int number = i;
                ColumnReader values = damagedIf(
                        where, () -> store.getColumnReader(schema.getColumns().get(number)));
                columns.add(new ColumnCells(where, values, text));
            }
            return columns;
        }
    }

    /** The cells of a column in a row group. */
    private record ColumnCells(String where, ColumnReader values, ValueText text) {

        String next(long row, int most) throws IOException {
            try {
                boolean isMissing = values.getCurrentDefinitionLevel()
                        < values.getDescriptor().getMaxDefinitionLevel();
                String cell = isMissing ? "" : text.of(values, most);
                values.consume();
                return cell;
            } catch (UnreadableParquetException refused) {
                throw UnreadableParquetException.of(
                        "%s, row %d, %s".formatted(where, row, refused.getMessage()), refused);
            } catch (RuntimeException damaged) {
                throw damaged("%s, row %d".formatted(where, row), damaged);
            }
        }
    }

    /** What may find that a file is damaged. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T damagedIf(String where, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (EOFException | ZipException | RuntimeException damaged) {
            throw damaged(where, damaged);
        }
    }

    private static UnreadableParquetException damaged(String where, Exception cause) {
        log.debug("A Parquet file can't be read: {}", where, cause);
        return UnreadableParquetException.of(where + ", a page is damaged", cause);
    }

    /** The library wants to know who takes values, and gives them to nobody else than who asks. */
    private static final GroupConverter ANY = new GroupConverter() {
        @Override
        public Converter getConverter(int field) {
            return new PrimitiveConverter() {};
        }

        @Override
        public void start() {
            // Nobody calls it.
        }

        @Override
        public void end() {
            // Nobody calls it.
        }
    };

    @Override
    public void close() throws IOException {
        file.close();
    }
}
