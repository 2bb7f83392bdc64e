package dev.descent.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MappedMatrixTest {

    private static final int ROWS = 10;
    private static final int COLUMNS = 3;
    private static final int OFFSET = 64;

    @TempDir
    private Path folder;

    /** Row r has the numbers 3 r, 3 r + 1 and 3 r + 2. */
    private Path file() throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(OFFSET + ROWS * COLUMNS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(OFFSET);
        for (int i = 0; i < ROWS * COLUMNS; i++) {
            bytes.putFloat(i);
        }
        return Files.write(folder.resolve("numbers"), bytes.array());
    }

    @ParameterizedTest
    @EnumSource
    void rowsAreFoundInTheirSegments(Precision precision) throws IOException {
        // Segments of four rows, the last of which has two.
        MappedMatrix mapped = MappedMatrix.of(file(), OFFSET, ROWS, COLUMNS, 50);
        try (Matrix room = Matrix.zeros(precision, 2, COLUMNS)) {
            for (int row = 0; row < ROWS; row++) {
                mapped.copyRow(row, room, 1);
                assertThat(room.toArray()).containsExactly(0, 0, 0, 3 * row, 3 * row + 1, 3 * row + 2);
            }
        }
    }

    @Test
    void aRowThatIsLongerThanASegmentIsOne() throws IOException {
        MappedMatrix mapped = MappedMatrix.of(file(), OFFSET, ROWS, COLUMNS, 1);
        try (Matrix room = Matrix.zeros(Precision.FLOAT32, 1, COLUMNS)) {
            mapped.copyRow(9, room, 0);
            assertThat(room.toArray()).containsExactly(27, 28, 29);
        }
    }

    @Test
    void readingAheadCrossesSegments() throws IOException {
        MappedMatrix mapped = MappedMatrix.of(file(), OFFSET, ROWS, COLUMNS, 50);
        mapped.load(0, ROWS);
        mapped.load(3, 9);
        mapped.load(10, 10);
        assertThat(mapped.rows()).isEqualTo(ROWS);
        assertThat(mapped.columns()).isEqualTo(COLUMNS);
    }

    @Test
    void aDeletedFileStaysReadable() throws IOException {
        Path file = file();
        MappedMatrix mapped = MappedMatrix.of(file, OFFSET, ROWS, COLUMNS);
        Files.delete(file);
        try (Matrix room = Matrix.zeros(Precision.FLOAT32, 1, COLUMNS)) {
            mapped.copyRow(0, room, 0);
            assertThat(room.toArray()).containsExactly(0, 1, 2);
        }
    }

    @Test
    void aFileThatIsTooShortIsRefused() throws IOException {
        Path file = file();
        assertThatThrownBy(() -> MappedMatrix.of(file, OFFSET, ROWS + 1, COLUMNS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has 184 bytes, too few for 11 × 3 numbers from byte 64 on");
    }

    @Test
    void aRowOfAnotherWidthIsRefused() throws IOException {
        MappedMatrix mapped = MappedMatrix.of(file(), OFFSET, ROWS, COLUMNS);
        try (Matrix room = Matrix.zeros(Precision.FLOAT32, 1, 2)) {
            assertThatThrownBy(() -> mapped.copyRow(0, room, 0)).hasMessage("A row of 3 for one of 2");
        }
    }
}
