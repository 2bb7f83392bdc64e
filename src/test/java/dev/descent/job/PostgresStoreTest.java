package dev.descent.job;

import dev.descent.testing.DescentTest;
import dev.descent.testing.PostgresServer;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@DescentTest
class PostgresStoreTest extends StoreTest {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        PostgresServer.configure(registry);
    }
}
