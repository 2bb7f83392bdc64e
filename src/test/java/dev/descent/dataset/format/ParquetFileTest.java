package dev.descent.dataset.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of {@code src/test/resources/parquet}, which pyarrow wrote (make.py), and what is done to them. */
class ParquetFileTest {

    private static final Path FILES = Path.of("src/test/resources/parquet");
    private static final ContentLimits CONTENT = new ContentLimits(1 << 24, 250, 1 << 20);
    private static final RowLimits LIMITS = new RowLimits(50, 100, 1_000, 5_000, 20_000_000, 100_000_000, CONTENT);

    @TempDir
    private Path directory;

    /** Every type, with gaps. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "snappy", // with dictionaries, pages of version 1
                "plain", // neither compression nor dictionaries
                "gzip_v2",
                "zstd_v2",
                "pages", // of a few values each, in three row groups, with LZ4 and checksums
                "delta", // differences, prefixes and split bytes
                "delta_v1"
            })
    void cellsAreTheTextsOfCsv(String variant) throws IOException {
        List<List<String>> csv = read(FILES.resolve("mixed.csv"), DatasetFormat.CSV);
        assertThat(csv).hasSize(61);
        List<List<String>> rows = read(FILES.resolve("mixed_%s.parquet".formatted(variant)), null);
        for (int i = 0; i < csv.size(); i++) {
            assertThat(rows.get(i)).as("row %d", i).containsExactlyElementsOf(csv.get(i));
        }
        assertThat(rows).hasSameSizeAs(csv);
    }

    @Test
    void aHandlerMayStop() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        RowHandler all = TestFiles.collect(rows);
        source(FILES.resolve("mixed_pages.parquet")).read(new RowHandler() {
            @Override
            public void header(List<String> columns) {
                // Not needed.
            }

            @Override
            public boolean row(Row row) {
                all.row(row);
                return row.line() < 3;
            }
        });
        assertThat(rows).hasSize(3);
    }

    @Test
    void typesThatAreNotReadAreNamedAtOnce() {
        assertThatThrownBy(() -> read(FILES.resolve("unread.parquet"), null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.errors())
                                .extracting(violation -> violation.detail().replaceAll("; accepted.*", ""))
                                .containsExactly(
                                        "The column \"list\" is a list",
                                        "The column \"map\" is a map",
                                        "The column \"struct\" is a struct",
                                        "The column \"bytes\" is BYTE_ARRAY",
                                        "The column \"fixed\" is FIXED_LEN_BYTE_ARRAY(5)"));
        assertRefused(FILES.resolve("int96.parquet"))
                .isEqualTo(
                        "The column \"when\" is INT96; accepted: boolean, integer, float, decimal, string, enum, uuid, date, time and timestamp, without nesting");
    }

    @Test
    void compressionThatIsNotReadIsNamed() {
        assertRefused(FILES.resolve("brotli.parquet"))
                .isEqualTo(
                        "The file can't be read as Parquet: its column \"x\" is compressed with BROTLI; accepted: uncompressed, snappy, gzip, zstd and LZ4_RAW");
    }

    @Test
    void thereMustBeRows() {
        assertRefused(FILES.resolve("no_rows.parquet")).isEqualTo("The file has no rows; accepted: at least one");
    }

    @Test
    void theIndexOfPandasHasTheNamesOfRows() throws IOException {
        Detected detected = DatasetFormat.detect(FILES.resolve("index.parquet"), null, LayoutOptions.DEFAULT);
        assertThat(detected.layout().rowNames()).isEqualTo("__index_level_0__");
        assertThat(detected.warnings()).hasSize(1);
    }

    @Test
    void whatIsLongerThanItsFileIsRefused() {
        assertRefused(FILES.resolve("bomb.parquet"))
                .isEqualTo(
                        "The 18194 bytes of the file hold more than 250 times as many characters in cells; descent.upload.max-ratio sets this limit, for what is larger than 1024 kB (descent.upload.ratio-from)");
    }

    @ParameterizedTest
    @CsvSource({
        "9, 100, The file has 60 rows; accepted: up to 9 (descent.upload.max-rows sets this limit)",
        "60, 100, The file has 60 rows of 27 columns; accepted: up to 100 cells (descent.upload.max-cells sets this limit)"
    })
    void rowsAndCellsAreCountedBeforeTheyAreRead(long rows, long cells, String fault) throws IOException {
        RowLimits limits = new RowLimits(50, 100, 1_000, 5_000, rows, cells, CONTENT);
        Path file = FILES.resolve("mixed_plain.parquet");
        RowSource source = DatasetFormat.PARQUET.rows(file, FileLayout.DEFAULT, limits);
        assertThatThrownBy(() -> source.read(TestFiles.collect(new ArrayList<>())))
                .isInstanceOf(ProblemException.class)
                .hasMessage(fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9, 5000 | The row that starts in line 1 has a field of 10 characters in column 4; accepted: up to 9",
                "20, 5000 | The row that starts in line 1 has a field of 41 characters in column 15; accepted: up to 20",
                "1000, 200 | has more than 200 characters (descent.upload.max-row-length sets this limit)"
            })
    void cellsAndRowsAreBounded(String most, String fault) throws IOException {
        List<Integer> lengths =
                Arrays.stream(most.split(", ")).map(Integer::valueOf).toList();
        RowLimits limits = new RowLimits(50, 100, lengths.get(0), lengths.get(1), 1_000, 100_000, CONTENT);
        RowSource source = DatasetFormat.PARQUET.rows(FILES.resolve("mixed_plain.parquet"), FileLayout.DEFAULT, limits);
        assertThatThrownBy(() -> source.read(TestFiles.collect(new ArrayList<>())))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(fault);
    }

    @Test
    void aFileThatIsCutOffIsRefusedWhereverThatIs() throws IOException {
        byte[] whole = Files.readAllBytes(FILES.resolve("mixed_snappy.parquet"));
        for (int length = 4; length < whole.length; length += 7) {
            assertRefused(write(Arrays.copyOf(whole, length))).startsWith("The file can't be read as Parquet: it ");
        }
    }

    @Test
    void anEncryptedFileIsRefusedAsSuch() throws IOException {
        byte[] whole = Files.readAllBytes(FILES.resolve("mixed_snappy.parquet"));
        for (int at : List.of(3, whole.length - 1)) {
            whole[at] = 'E';
        }
        assertRefused(write(whole)).isEqualTo("The file can't be read as Parquet: it is encrypted");
    }

    @Test
    void metadataIsNoLongerThanItsFile() throws IOException {
        byte[] whole = Files.readAllBytes(FILES.resolve("mixed_snappy.parquet"));
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(whole.length - 8, -1);
        assertRefused(write(whole))
                .isEqualTo(
                        "The file can't be read as Parquet: its metadata is to have 4294967295 bytes, but the file has %d"
                                .formatted(whole.length));
    }

    @Test
    void aTextThatBeginsLikeOneIsText() throws IOException {
        Path file = write("PAR1,x\n1,2\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> DatasetFormat.detect(file, DatasetFormat.CSV, LayoutOptions.DEFAULT))
                .hasMessageContaining("a Parquet file that ends too early");
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws IOException {
        assertThatThrownBy(() -> read(FILES.resolve("mixed.csv"), DatasetFormat.PARQUET))
                .isInstanceOf(ProblemException.class)
                .hasMessage("The file can't be read as Parquet: it begins with other bytes than PAR1");
    }

    /** One bit of a page is another. */
    @Test
    void checksumsAreChecked() throws IOException {
        byte[] whole = Files.readAllBytes(FILES.resolve("mixed_pages.parquet"));
        ByteArrayOutputStream faults = new ByteArrayOutputStream();
        for (int at = 4; at < 400; at++) {
            byte[] other = whole.clone();
            other[at] ^= 16;
            faults.writeBytes(faultOf(write(other)).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(faults.toString(StandardCharsets.UTF_8)).contains("in row group 1, a page is damaged");
    }

    /** The length that a page claims is another: the first one's, in the third byte of its header. */
    @Test
    void aPageIsNoLargerThanItsColumn() throws IOException {
        byte[] whole = Files.readAllBytes(FILES.resolve("mixed_plain.parquet"));
        ByteArrayOutputStream faults = new ByteArrayOutputStream();
        for (int at = 4; at < 40; at++) {
            byte[] other = whole.clone();
            System.arraycopy(new byte[] {-2, -1, -1, -1, 15}, 0, other, at, 5);
            faults.writeBytes(faultOf(write(other)).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(faults.toString(StandardCharsets.UTF_8))
                .contains("in row group 1, column \"bool\", a page is damaged: ")
                .contains("is not within the ");
    }

    private AbstractStringAssert<?> assertRefused(Path file) {
        return assertThat(faultOf(file));
    }

    private static String faultOf(Path file) {
        try {
            read(file, null);
            return "";
        } catch (ProblemException refused) {
            return refused.detail();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("file"), bytes);
    }

    private static RowSource source(Path file) {
        return DatasetFormat.PARQUET.rows(file, FileLayout.DEFAULT, LIMITS);
    }

    private static List<List<String>> read(Path file, @org.jspecify.annotations.Nullable DatasetFormat format)
            throws IOException {
        Detected detected = DatasetFormat.detect(file, format, LayoutOptions.DEFAULT);
        List<List<String>> rows = new ArrayList<>();
        detected.format().rows(file, detected.layout(), LIMITS).read(TestFiles.collect(rows));
        return rows;
    }
}
