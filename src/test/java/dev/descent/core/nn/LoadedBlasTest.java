package dev.descent.core.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** ND4J 1.0.0-M2.1 asks for an OpenBLAS that knows no processor newer than 2021; the build puts a newer one in its place. */
class LoadedBlasTest {

    @Test
    void theOpenBlasThatIsLoadedIsTheOneThatTheBuildNames() {
        assertThat(Blas.description()).startsWith("OpenBLAS 0.3.31");
    }
}
