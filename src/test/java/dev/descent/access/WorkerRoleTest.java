package dev.descent.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.descent.testing.DescentClient;
import dev.descent.testing.DescentTest;
import dev.descent.testing.PostgresServer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

@DescentTest
@TestPropertySource(properties = "descent.role=worker")
class WorkerRoleTest {

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        PostgresServer.configure(registry);
    }

    @Test
    void aWorkerSaysWhomToAskAndIsHealthy() {
        DescentClient client = new DescentClient(port);

        assertThat(client.get("/v1/models").expect(503).json().path("detail").asString())
                .contains("descent.role is worker");
        client.get("/actuator/health/readiness").expect(200);
    }
}
