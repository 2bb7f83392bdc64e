package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;

/** ND4J 1.0.0-M2.1 asks for an OpenBLAS that knows no processor newer than 2021; the build puts a newer one in its place. */
class LoadedBlasTest {

    @Test
    void theLibrariesThatAreLoadedAreTheOnesThatTheBuildNames() {
        assertThat(Blas.description()).startsWith("oneDNN 3.11.").contains("; OpenBLAS 0.3.31 ");
    }

    @Test
    void javaCppAndOpenBlasAreOnTheClassPathInTheVersionsThatTheBuildNamesAlone() throws IOException {
        assertThat(versions("org.bytedeco", "javacpp")).containsOnly("1.5.13");
        assertThat(versions("org.bytedeco", "openblas")).containsOnly("0.3.31-1.5.13");
        assertThat(Loader.getVersion()).isEqualTo("1.5.13");
    }

    /** Of the classes and of the natives, which are jars of their own. */
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
