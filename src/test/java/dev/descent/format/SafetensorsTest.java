package dev.descent.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.descent.core.math.Matrix;
import dev.descent.core.math.Precision;
import dev.descent.core.train.evaluate.NamedWeights;
import dev.descent.job.checkpoint.TrainingStates;
import dev.descent.store.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    private static final Matrix WEIGHT = Matrix.of(Precision.FLOAT32, new double[][] {{1, 2, 3}, {-4, 0.1, 1e30}});
    private static final Matrix BIAS = Matrix.of(Precision.FLOAT32, new double[] {7, Double.NaN, -0.0});
    private static final byte[] FILE = Safetensors.write(
            List.of(new NamedWeights("layer0.weight", WEIGHT), new NamedWeights("layer0.bias", BIAS)),
            Map.of("job", "jöb \"1\""));

    @Test
    void whatIsWrittenIsReadToTheBit() {
        try (Safetensors.Content content = Safetensors.read(FILE)) {
            assertThat(content.metadata()).isEqualTo(Map.of("job", "jöb \"1\""));
            assertThat(content.matrices().keySet()).containsExactly("layer0.weight", "layer0.bias");
            assertSame(content.matrices().get("layer0.weight"), WEIGHT);
            assertSame(content.matrices().get("layer0.bias"), BIAS);
        }
    }

    private static void assertSame(Matrix actual, Matrix expected) {
        assertThat(actual.rows()).isEqualTo(expected.rows());
        assertThat(actual.columns()).isEqualTo(expected.columns());
        assertThat(actual.toArray()).containsExactly(expected.toArray());
    }

    @Test
    void matricesWithoutElementsAreWrittenAndRead() {
        byte[] file =
                Safetensors.write(List.of(new NamedWeights("none", Matrix.zeros(Precision.FLOAT32, 1, 0))), Map.of());
        try (Safetensors.Content content = Safetensors.read(file)) {
            assertThat(content.metadata()).isEmpty();
            assertThat(content.matrices().get("none").size()).isZero();
        }
    }

    @Test
    void doublePrecisionIsRoundedToSingle() {
        Matrix third = Matrix.of(Precision.FLOAT64, new double[] {1.0 / 3});
        try (Safetensors.Content content =
                Safetensors.read(Safetensors.write(List.of(new NamedWeights("third", third)), Map.of()))) {
            assertThat(content.matrices().get("third").get(0)).isEqualTo(1f / 3);
        }
    }

    @Test
    void theBytesAreTheFormatsOwn() {
        ByteBuffer bytes = ByteBuffer.wrap(FILE).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.toIntExact(bytes.getLong());
        String header = new String(FILE, 8, length, StandardCharsets.UTF_8);

        assertThat(length % 8).isZero();
        assertThat(header.stripTrailing())
                .isEqualTo("{\"__metadata__\":{\"job\":\"jöb \\\"1\\\"\"},"
                        + "\"layer0.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                        + "\"layer0.bias\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[24,36]}}");
        assertThat(header).startsWith("{");
        bytes.position(8 + length);
        float[] numbers = new float[9];
        bytes.asFloatBuffer().get(numbers);
        assertThat(numbers).containsExactly(1, 2, 3, -4, 0.1f, 1e30f, 7, Float.NaN, -0f);
        assertThat(FILE).hasSize(8 + length + 36);
    }

    @Test
    void aFileCutAnywhereIsRefused() {
        for (int length = 0; length < FILE.length; length++) {
            byte[] torn = Arrays.copyOf(FILE, length);
            assertThatIllegalArgumentException()
                    .as("the first %d bytes", length)
                    .isThrownBy(() -> Safetensors.read(torn));
        }
    }

    @Test
    void aFileWithMoreBytesThanItsHeaderSaysIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Safetensors.read(Arrays.copyOf(FILE, FILE.length + 4)))
                .withMessage("No safetensors: 40 bytes of numbers instead of 36");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 10_000})
    void aHeaderLongerThanTheFileIsRefused(long length) {
        byte[] file = FILE.clone();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Safetensors.read(file))
                .withMessage("No safetensors: a header of %d bytes", length);
    }

    /** Each with 8 bytes of numbers, enough for a vector of two. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "3",
                "{} {}",
                "\ufffd",
                "{\"a\": 1}",
                "{\"a\": null}",
                "{\"a\": {}}",
                "{\"a\": {\"dtype\": \"F64\", \"shape\": [1], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": 32, \"shape\": [2], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": 2, \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [1, 1, 2], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [\"2\"], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2.5], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [-2], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [-1, -2], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [3], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [3], \"data_offsets\": [0, 12]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [4294967298], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [1073741824, 8], \"data_offsets\": [0, 0]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2147483647, 2147483647], \"data_offsets\": [0, 4]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": {\"0\": 0, \"1\": 8}}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [4, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [-8, 0]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [8, 16]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]},"
                        + " \"b\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}}",
                "{\"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4]},"
                        + " \"a\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [4, 8]}}",
                "{\"__metadata__\": [], \"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}}",
                "{\"__metadata__\": {\"x\": 1}, \"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}}",
                "{\"__metadata__\": {}}"
            })
    void aHeaderThatDoesNotDescribeTheNumbersIsRefused(String header) {
        byte[] file =
                file(header.getBytes(header.equals("\ufffd") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Safetensors.read(file))
                .withMessageStartingWith("No safetensors: ");
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() {
        String header = "{\"ä\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [0, 8]}}";
        try (Safetensors.Content content = Safetensors.read(file(header.getBytes(StandardCharsets.UTF_8)))) {
            assertThat(content.matrices()).containsOnlyKeys("ä");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Safetensors.read(file(header.getBytes(StandardCharsets.ISO_8859_1))));
    }

    private static byte[] file(byte[] header) {
        return ByteBuffer.allocate(8 + header.length + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "-",
            "0",
            "9",
            "4294967296",
            "9223372036854775807",
            "-9223372036854775808",
            "1e400",
            "1e-400",
            "0.5",
            "2147483647",
            "18446744073709551616",
            "\"a\"",
            "\"F64\"",
            "\"BF16\"",
            "null",
            "true",
            "\"shape\":",
            "\"data_offsets\":",
            "\"__metadata__\":",
            "\\u0000",
            "\ud800",
            "[".repeat(2_000),
            "0".repeat(70_000),
            "\"layer0.bias\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[24,24]},");

    /** Each is read or refused in one way, and neither takes more memory than the file or leaves any behind. */
    @Test
    void mutatedHeadersAreReadOrRefusedExactly() {
        SplittableRandom random = new SplittableRandom(15);
        int length = Math.toIntExact(
                ByteBuffer.wrap(FILE).order(ByteOrder.LITTLE_ENDIAN).getLong());
        String header = new String(FILE, 8, length, StandardCharsets.UTF_8);
        long held = Matrix.bytesHeld();
        Matrix.mostBytesHeld();
        int read = 0;
        for (int round = 0; round < 5_000; round++) {
            String mutated = header;
            for (int change = random.nextInt(3); change >= 0; change--) {
                int from = random.nextInt(mutated.length() + 1);
                int to = Math.min(mutated.length(), from + random.nextInt(6));
                String piece = random.nextInt(4) == 0 ? "" : PIECES.get(random.nextInt(PIECES.size()));
                mutated = mutated.substring(0, from) + piece + mutated.substring(to);
            }
            byte[] bytes = mutated.getBytes(StandardCharsets.UTF_8);
            byte[] file = ByteBuffer.allocate(8 + bytes.length + 36)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(bytes.length)
                    .put(bytes)
                    .put(FILE, 8 + length, 36)
                    .array();
            try (Safetensors.Content content = Safetensors.read(file)) {
                assertThat(content.matrices().values().stream()
                                .mapToInt(Matrix::size)
                                .sum())
                        .isEqualTo(9);
                read++;
            } catch (Safetensors.MalformedException refused) {
                assertThat(refused).hasMessageStartingWith("No safetensors: ");
            }
            assertThat(Matrix.bytesHeld()).as(mutated).isEqualTo(held);
        }
        assertThat(Matrix.mostBytesHeld() - held).isLessThan(1_000);
        assertThat(read).isBetween(50, 4_000);
    }

    @Test
    void aHeaderThatWouldTakeMuchMemoryIsRefusedUnread() {
        byte[] file = new byte[16_000_009];
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 16_000_001);
        assertThatExceptionOfType(Safetensors.MalformedException.class)
                .isThrownBy(() -> Safetensors.read(file))
                .withMessage("No safetensors: a header of 16000001 bytes");
    }

    @Test
    void foreignAndDamagedBytesCauseNoOtherException() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 3_000; round++) {
            byte[] file = round % 3 == 0 ? new byte[random.nextInt(200)] : FILE.clone();
            if (round % 3 == 0) {
                random.nextBytes(file);
            }
            for (int change = 0; change < 1 + round % 4 && file.length > 0; change++) {
                file[random.nextInt(file.length)] = (byte) random.nextInt(256);
            }
            try (Safetensors.Content content = Safetensors.read(file)) {
                // Damage that leaves the header valid is detected by the checksum.
                assertThat(content.matrices().values().stream()
                                .mapToInt(Matrix::size)
                                .sum())
                        .isEqualTo(9);
            } catch (Safetensors.MalformedException refused) {
                assertThat(refused).hasMessageStartingWith("No safetensors: ");
            }
        }
    }

    @Test
    void aSingleChangedBitChangesTheChecksum() {
        byte[] damaged = FILE.clone();
        damaged[FILE.length - 1] ^= 1;
        assertThat(Sha256.of(damaged)).isNotEqualTo(Sha256.of(FILE)).hasSize(64);
        assertThat(Sha256.of("abc".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void aFileThatIsNoTrainingStateIsRefused() {
        try (Safetensors.Content content = Safetensors.read(FILE)) {
            assertThatIllegalArgumentException().isThrownBy(() -> TrainingStates.read(content));
        }
        byte[] noWeights =
                Safetensors.write(List.of(), Map.of("epoch", "1", "step", "1", "best_epoch", "1", "best_loss", "1"));
        try (Safetensors.Content content = Safetensors.read(noWeights)) {
            assertThatThrownBy(() -> TrainingStates.read(content))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("No training state: it has no \"weights\"");
        }
    }
}
