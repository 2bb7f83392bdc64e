package dev.descent.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.TightLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** No disk has as much space as must be kept free here. */
@TightLimits
class FullDiskTest {

    @LocalServerPort
    private int port;

    @Value("${descent.home}")
    private Path home;

    @Test
    void whatIsLargeIsRefusedWithNothingLeftBehindAndReadingGoesOn() throws IOException {
        DescentClient client = new DescentClient(port);

        client.upload("a.csv", "x,y\n1,2\n".getBytes(), null).expect(507);
        String detail = client.post("/v1/datasets", "text/csv", "x,y\n1,2\n".getBytes())
                .expect(507)
                .json()
                .path("detail")
                .asString();

        assertThat(detail).contains("descent.min-free-space");
        try (Stream<Path> files = Files.list(home.resolve("datasets"))) {
            assertThat(files).isEmpty();
        }
        client.get("/v1/datasets").expect(200);
    }
}
