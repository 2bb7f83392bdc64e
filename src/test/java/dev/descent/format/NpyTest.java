package dev.descent.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {

    /** {@code numpy.save} of {@code numpy.arange(6, dtype='<f4').reshape(2, 3)} by NumPy 2.4.6. */
    private static final String OF_NUMPY =
            "934e554d5059010076007b276465736372273a20273c6634272c2027666f727472616e5f6f726465"
                    + "72273a2046616c73652c20277368617065273a2028322c2033292c207d"
                    + "20".repeat(58)
                    + "0a000000000000803f0000004000004040000080400000a040";

    @TempDir
    private Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("matrix.npy"), bytes);
    }

    private static byte[] ofNumpy() {
        return HexFormat.of().parseHex(OF_NUMPY);
    }

    @Test
    void readsWhatNumpyWrites() throws IOException {
        assertThat(Npy.read(file(ofNumpy()))).isEqualTo(new Npy.Layout(128, 2, 3));
    }

    @Test
    void writesWhatNumpyWrites() {
        assertThat(ofNumpy()).startsWith(Npy.header(2, 3));
    }

    @ParameterizedTest
    @CsvSource({"1, 7890", "0, 0", "2147483647, 1000000"})
    void numbersStartAtAMultipleOf64Bytes(int rows, int columns) {
        assertThat(Npy.header(rows, columns)).hasSize(128).endsWith('\n');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'<f4'>'>f4'",
                "'<f4'>'<f8'",
                "False>True",
                "(2, 3)>(2,)",
                "(2, 3)>(2, 3, 1)",
                "NUMPY>NUMPI",
                "'descr'>'dtype'",
                "(2, 3)>(9999999999, 3)",
                "(2, 3)>(-2, 3)"
            })
    void refusesEverythingElse(String change) throws IOException {
        String[] parts = change.split(">(?=.)", 2);
        String text = new String(ofNumpy(), StandardCharsets.ISO_8859_1).replace(parts[0], parts[1]);
        Path changed = file(text.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Npy.read(changed)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesAnotherVersion() throws IOException {
        byte[] bytes = ofNumpy();
        bytes[6] = 2;
        Path changed = file(bytes);
        assertThatThrownBy(() -> Npy.read(changed)).hasMessageContaining("version 1.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 9, 10, 50, 128, 151})
    void refusesAFileThatWasCutOff(int bytes) throws IOException {
        Path cut = file(Arrays.copyOf(ofNumpy(), bytes));
        assertThatThrownBy(() -> Npy.read(cut)).isInstanceOf(IOException.class);
    }

    @Test
    void refusesAFileThatGrew() throws IOException {
        Path grown = file(Arrays.copyOf(ofNumpy(), 156));
        assertThatThrownBy(() -> Npy.read(grown)).hasMessageContaining("156 bytes, but its header tells of 152");
    }
}
