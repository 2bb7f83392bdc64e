package dev.descent.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.core.data.CellReader;
import dev.descent.core.data.Column;
import dev.descent.core.data.ColumnType;
import dev.descent.core.data.Table;
import dev.descent.dataset.cell.TableReader;
import dev.descent.dataset.format.TestFiles;
import dev.descent.dataset.profile.ColumnProfile;
import dev.descent.dataset.profile.TestProfiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableReaderTest {

    @TempDir
    private Path directory;

    private Path file(String cells) {
        return TestFiles.write(directory, "x\n" + cells.replace(" ", "\n") + "\n");
    }

    private static Table read(Path file, ColumnType type) throws IOException {
        Map<String, ColumnType> wanted = new LinkedHashMap<>(Map.of("x", type));
        int rows = TestFiles.rows(file, true).size() - 1;
        TableReader reader = new TableReader(TestFiles.MISSING, wanted, column -> CellReader.PLAIN, rows, () -> {});
        TestFiles.csv(file, true).read(reader);
        return reader.table();
    }

    /** A profile gives only an estimate of a column, which may be too high but never too low. */
    @ParameterizedTest
    @CsvSource({
        "0 255 7, 3, 3",
        "0 NA 7, 6, 6",
        "0 256, 4, 4",
        "-1 1, 4, 8",
        "-1 -0, 8, 8",
        "100000 1, 8, 8",
        "123456789 1, 16, 16",
        "0.5 1, 8, 16",
        "0.1 1, 16, 16",
        "2026-01-01 1999-12-31, 4, 8",
        "2026-01-01T12:00 1999-12-31, 8, 16"
    })
    void aColumnTakesAsFewBytesAsItsCellsNeed(String cells, long held, long expected) throws IOException {
        Path file = file(cells);
        ColumnProfile profile = TestProfiles.profile(file, Map.of()).columns().get(0);

        Table table = read(file, profile.type());

        assertThat(table.heapBytes()).isEqualTo(held);
        assertThat(profile.heapBytes(table.rows(), Files.size(file))).isEqualTo(expected);
    }

    @Test
    void levelsTakeANumberARowAndATextEach() throws IOException {
        Path file = file("red green red red blue");
        ColumnProfile profile = TestProfiles.profile(file, Map.of("x", ColumnType.CATEGORICAL))
                .columns()
                .get(0);

        Table table = read(file, profile.type());

        assertThat(table.heapBytes()).isEqualTo(5 * 4 + 3 * 48 + "redgreenblue".length());
        assertThat(profile.heapBytes(table.rows(), Files.size(file))).isEqualTo(5 * 4 + 3 * (48 + "green".length()));
        assertThat(profile.heapBytes(table.rows(), 4))
                .as("of a file of four bytes")
                .isEqualTo(5 * 4 + 3 * 48 + 4);
    }

    @Test
    void numbersCanBeReadAsTheyAreWritten() throws IOException {
        Path file = TestFiles.write(directory, "x,y\n 1.10,1.10\n1.1,1.1\nnan,nan\nNA,NA\n-0,-0\n0,0\n1.10 ,1.10\n");
        TableReader reader = new TableReader(
                TestFiles.MISSING,
                Map.of("x", ColumnType.NUMERIC, "y", ColumnType.NUMERIC),
                Set.of("x"),
                column -> CellReader.PLAIN,
                7,
                null,
                () -> {});
        TestFiles.csv(file, true).read(reader);

        Column.Levels column = (Column.Levels) reader.table().column("x").orElseThrow();

        assertThat(column.type()).isEqualTo(ColumnType.NUMERIC);
        assertThat(column.levels()).containsExactly("1.10", "1.1", "0");
        assertThat(column.codes()).containsExactly(0, 1, -1, -1, 2, 2, 0);
        assertThat(reader.table().column("y")).get().isInstanceOf(Column.Numbers.class);
    }

    @Test
    void cellsAreReadToTheBit() throws IOException {
        Column.Numbers column = (Column.Numbers)
                read(file("1 -0 0.1 NA 1e300"), ColumnType.NUMERIC).columns().get(0);

        assertThat(new double[] {column.value(0), column.value(1), column.value(2), column.value(3), column.value(4)})
                .containsExactly(1, -0.0, 0.1, Double.NaN, 1e300);
    }

    @Test
    void numbersMayBeOutsideTheHeap() throws IOException {
        Path file = TestFiles.write(directory, "x,y\n1,a\n0.5,b\n,a\n-3,a\n");
        TableReader reader = new TableReader(
                TestFiles.MISSING,
                Map.of("x", ColumnType.NUMERIC, "y", ColumnType.CATEGORICAL),
                Set.of(),
                column -> CellReader.PLAIN,
                4,
                ByteBuffer::allocate,
                () -> {});
        TestFiles.csv(file, true).read(reader);

        Column.Numbers column = (Column.Numbers) reader.table().column("x").orElseThrow();

        assertThat(new double[] {column.value(0), column.value(1), column.value(2), column.value(3)})
                .containsExactly(1, 0.5, Double.NaN, -3);
        assertThat(column.heapBytes()).isZero();
        assertThat(reader.table().heapBytes())
                .isEqualTo(reader.table().column("y").orElseThrow().heapBytes());
    }
}
