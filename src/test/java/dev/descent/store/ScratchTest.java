package dev.descent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class ScratchTest {

    @TempDir
    private Path folder;

    @Test
    void nothingWithANameIsLeftAndWhatWasWrittenStays() {
        ByteBuffer buffer;
        try (Scratch scratch = new Scratch(folder, DiskSpaces.of(folder, DataSize.ofMegabytes(1)))) {
            buffer = scratch.allocate(1 << 20);
            buffer.putDouble(1_000, 0.25);
            assertThat(folder).isEmptyDirectory();
        }
        assertThat(buffer.getDouble(1_000)).isEqualTo(0.25);
        assertThat(buffer.getDouble(2_000)).isZero();
    }

    @Test
    void itsBytesArePromisedUntilTheyAreWritten() throws IOException {
        long free = folder.toFile().getUsableSpace();
        DiskSpace disk = DiskSpaces.of(folder, DataSize.ofBytes(free - (1L << 30)));
        try (Scratch scratch = new Scratch(folder, disk)) {
            scratch.allocate(700_000_000);
            assertThatThrownBy(() -> scratch.allocate(700_000_000)).hasMessageContaining("The disk is full but for");
        }
        try (Scratch another = new Scratch(folder, disk)) {
            assertThat(another.allocate(1 << 20).capacity()).isEqualTo(1 << 20);
        }
        assertThat(folder).isEmptyDirectory();
    }
}
