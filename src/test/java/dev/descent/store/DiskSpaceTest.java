package dev.descent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.descent.problem.Problem;
import dev.descent.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class DiskSpaceTest {

    @TempDir
    private Path home;

    @Test
    @SuppressWarnings("try") // Deliberately closed twice.
    void whatIsPromisedToOneIsNotPromisedToAnother() throws Exception {
        long half = Files.getFileStore(home).getUsableSpace() / 2;
        DiskSpace disk = DiskSpaces.of(home, DataSize.ofBytes(half / 2));

        try (DiskSpace.Promise first = disk.promise(half)) {
            assertThatCode(first::check).doesNotThrowAnyException();
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> disk.promise(half))
                    .matches(refused -> refused.problem() == Problem.OUT_OF_SPACE);
            assertThatCode(first::check).as("a refusal takes nothing").doesNotThrowAnyException();
            first.close();
        }
        try (DiskSpace.Promise second = disk.promise(half)) {
            assertThatCode(second::check).as("closed twice, given back once").doesNotThrowAnyException();
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> disk.promise(half));
        }
        assertThat(disk.hasSome()).isTrue();
    }
}
