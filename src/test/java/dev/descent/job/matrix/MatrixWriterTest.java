package dev.descent.job.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.math.MappedMatrix;
import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.format.Npy;
import dev.descent.problem.Outage;
import dev.descent.store.DiskSpaces;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class MatrixWriterTest {

    @TempDir
    private Path folder;

    /** More than its buffer holds. */
    @Test
    void rowsAreReadBackAsTheyWereWritten() throws IOException {
        Path file = folder.resolve("matrix.npy");
        int rows = 70_000;
        try (MatrixWriter writer = new MatrixWriter(file, rows, 5, DiskSpaces.of(folder, DataSize.ofMegabytes(1)))) {
            for (int row = 0; row < rows; row++) {
                writer.row(new double[] {row, 0.1, 0, -row, row == 9 ? 1e-30 : 0});
            }
            writer.finish();
            assertThat(writer.used()).containsExactly(true, true, false, true, true);
        }
        Npy.Layout layout = Npy.read(file);
        MappedMatrix matrix = MappedMatrix.of(file, layout.offset(), layout.rows(), layout.columns());
        try (Matrix room = Matrix.zeros(Precision.FLOAT32, 1, 5)) {
            for (int row : new int[] {0, 9, 52_000, rows - 1}) {
                matrix.copyRow(row, room, 0);
                assertThat(room.toArray()).containsExactly(row, 0.1f, 0, -row, row == 9 ? 1e-30f : 0);
            }
        }
    }

    @Test
    void onAFullDiskNothingIsBegun() {
        Path file = folder.resolve("matrix.npy");
        assertThatThrownBy(() -> new MatrixWriter(file, 1, 1, DiskSpaces.of(folder, DataSize.ofTerabytes(1_000))))
                .satisfies(failure -> assertThat(Outage.isFullDisk(failure)).isTrue());
        assertThat(folder).isEmptyDirectory();
    }
}
