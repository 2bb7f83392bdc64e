package dev.descent.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PackedNumbersTest {

    private static final double NAN = Double.NaN;

    static Stream<Arguments> widths() {
        return Stream.of(
                Arguments.of(1, new double[] {0, 1, 255}),
                Arguments.of(2, new double[] {0, 256}),
                Arguments.of(2, new double[] {-1, 0}),
                Arguments.of(2, new double[] {NAN, 32_767, -32_767}),
                Arguments.of(4, new double[] {-32_768}),
                Arguments.of(4, new double[] {3, 0.5, NAN}),
                Arguments.of(4, new double[] {-0.0, 7}),
                Arguments.of(4, new double[] {16_777_216}),
                Arguments.of(8, new double[] {16_777_217}),
                Arguments.of(8, new double[] {0.1, NAN}),
                Arguments.of(8, new double[] {1e300, -5e-324, 12}));
    }

    @ParameterizedTest
    @MethodSource("widths")
    void eachNumberTakesAsFewBytesAsHoldAll(int width, double[] values) {
        PackedNumbers packed = pack(values);

        assertThat(packed.width()).isEqualTo(width);
        assertThat(packed.heapBytes()).isEqualTo((long) width * values.length);
        assertThat(bits(packed)).isEqualTo(bits(PackedNumbers.of(values)));
    }

    @ParameterizedTest
    @MethodSource("widths")
    void outsideTheHeapTheyTakeAsFew(int width, double[] values) {
        PackedNumbers packed = pack(new PackedNumbers.Builder(values.length, ByteBuffer::allocateDirect), values);

        assertThat(packed.width()).isEqualTo(width);
        assertThat(packed.size()).isEqualTo(values.length);
        assertThat(packed.heapBytes()).isZero();
        assertThat(bits(packed)).isEqualTo(bits(PackedNumbers.of(values)));
    }

    @Test
    void numbersStayTheSameToTheBitInWhateverOrderTheyCome() {
        double[] kinds = {0, -0.0, 1, 200, 255, 256, -1, -32_768, 0.5, 0.1, 1e10, 1e-310, NAN, Double.MAX_VALUE};
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 200; round++) {
            int kindsOfThis = random.nextInt(1, kinds.length + 1);
            double[] values = IntStream.range(0, 30)
                    .mapToDouble(i -> kinds[random.nextInt(kindsOfThis)])
                    .toArray();

            assertThat(bits(pack(values))).isEqualTo(bits(PackedNumbers.of(values)));
            assertThat(bits(pack(new PackedNumbers.Builder(30, ByteBuffer::allocate), values)))
                    .isEqualTo(bits(PackedNumbers.of(values)));
        }
    }

    @Test
    void theWidthIsKnownFromTheProfile() {
        assertThat(PackedNumbers.widthOf(0, 255, true, false)).isEqualTo(1);
        assertThat(PackedNumbers.widthOf(0, 255, true, true)).isEqualTo(2);
        assertThat(PackedNumbers.widthOf(0, 256, true, false)).isEqualTo(2);
        assertThat(PackedNumbers.widthOf(-1, 1, true, false)).as("with −0").isEqualTo(4);
        assertThat(PackedNumbers.widthOf(-0.0, 1, true, false)).isEqualTo(4);
        assertThat(PackedNumbers.widthOf(-32_768, 1, true, false)).isEqualTo(4);
        assertThat(PackedNumbers.widthOf(0, 16_777_216, true, true)).isEqualTo(4);
        assertThat(PackedNumbers.widthOf(0, 16_777_217, true, false)).isEqualTo(8);
        assertThat(PackedNumbers.widthOf(0, 1, false, false)).isEqualTo(8);
    }

    @Test
    void whatWasNeverSetIsZero() {
        assertThat(bits(new PackedNumbers.Builder(2).build())).containsExactly(0, 0);
    }

    private static PackedNumbers pack(double... values) {
        return pack(new PackedNumbers.Builder(values.length), values);
    }

    private static PackedNumbers pack(PackedNumbers.Builder builder, double... values) {
        for (int index = 0; index < values.length; index++) {
            builder.set(index, values[index]);
        }
        return builder.build();
    }

    private static long[] bits(PackedNumbers packed) {
        double[] values = new double[packed.size()];
        Arrays.setAll(values, packed::get);
        return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
    }
}
