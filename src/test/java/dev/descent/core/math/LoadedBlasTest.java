package dev.descent.core.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * ND4J 1.0.0-M2.1 depends on an OpenBLAS that knows no processor released after 2021; the build replaces it with a
 * newer one.
 */
class LoadedBlasTest {

    @Test
    void theLibrariesThatAreLoadedAreTheOnesThatTheBuildNames() {
        assertThat(Blas.description()).startsWith("oneDNN 3.11.").contains("; OpenBLAS 0.3.31 ");
    }

    /** Machines without oneDNN support use OpenBLAS. */
    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void bothLibrariesGiveTheSameProducts(boolean transposeA, boolean transposeB) {
        Gemm.Shape shape =
                new Gemm.Shape(9, 7, 11, transposeA, transposeA ? 9 : 11, transposeB, transposeB ? 11 : 7, 7);
        Blas.load();
        float[] first = product(new OneDnn(), shape);
        float[] second = product(new OpenBlas(), shape);
        for (int i = 0; i < first.length; i++) {
            assertThat(second[i]).isCloseTo(first[i], within(1e-5f));
        }
        assertThat(first).isNotEqualTo(new float[first.length]);
    }

    private static float[] product(Gemm gemm, Gemm.Shape shape) {
        SplittableRandom random = new SplittableRandom(7);
        float[] a = new float[9 * 11];
        float[] b = new float[11 * 7];
        for (int i = 0; i < a.length; i++) {
            a[i] = (float) random.nextDouble(-1, 1);
        }
        for (int i = 0; i < b.length; i++) {
            b[i] = (float) random.nextDouble(-1, 1);
        }
        float[] result = new float[9 * 7];
        try (FloatPointer left = new FloatPointer(a);
                FloatPointer right = new FloatPointer(b);
                FloatPointer c = new FloatPointer(result)) {
            gemm.multiply(shape, 0.5f, left, right, 0, c);
            c.get(result);
        }
        return result;
    }

    /** Otherwise a process with a small heap and a large descent.memory would run out of memory far too early. */
    @Test
    void javaCppSetsNoLimitToTheMemoryOfTheProcess() {
        Blas.load();

        assertThat(Pointer.maxPhysicalBytes()).isZero();
    }

    @Test
    void javaCppAndOpenBlasAreOnTheClassPathInTheVersionsThatTheBuildNamesAlone() throws IOException {
        assertThat(versions("org.bytedeco", "javacpp")).containsOnly("1.5.13");
        assertThat(versions("org.bytedeco", "openblas")).containsOnly("0.3.31-1.5.13");
        assertThat(Loader.getVersion()).isEqualTo("1.5.13");
    }

    /** The versions of the classes and of the native libraries, which are separate jars. */
    private static List<String> versions(String group, String artifact) throws IOException {
        String resource = "META-INF/maven/%s/%s/pom.properties".formatted(group, artifact);
        return Collections.list(LoadedBlasTest.class.getClassLoader().getResources(resource)).stream()
                .map(LoadedBlasTest::version)
                .toList();
    }

    private static String version(URL pomProperties) {
        try (InputStream in = pomProperties.openStream()) {
            Properties properties = new Properties();
            properties.load(in);
            return Objects.requireNonNull(properties.getProperty("version"));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
