package dev.descent.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A PostgreSQL server for tests, started on first use and stopped with the JVM: in a container if Docker is available,
 * otherwise from binaries in a test dependency. The log says which.
 */
public final class PostgresServer {

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);
    private static final String IMAGE = "DESCENT_POSTGRES_IMAGE";
    private static final String DEFAULT_IMAGE = "postgres:17";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String server;
    private final String user;
    private final String password;

    /** @param server the JDBC URL without the database name */
    private PostgresServer(String server, String user, String password) {
        this.server = server;
        this.user = user;
        this.password = password;
    }

    /** Starts the server on first use. */
    private static final class Holder {
        static final PostgresServer SERVER = start();
    }

    /** Gives an application context its own empty database. */
    public static void configure(DynamicPropertyRegistry registry) {
        String url = Holder.SERVER.newDatabase();
        registry.add("spring.datasource.url", () -> url);
        registry.add("spring.datasource.username", () -> Holder.SERVER.user);
        registry.add("spring.datasource.password", () -> Holder.SERVER.password);
    }

    private static PostgresServer start() {
        Optional<String> chosen = Optional.ofNullable(System.getProperty(IMAGE, System.getenv(IMAGE)));
        try {
            return DockerClientFactory.instance().isDockerAvailable()
                    ? container(chosen.orElse(DEFAULT_IMAGE))
                    : embedded("no Docker engine answers");
        } catch (RuntimeException failure) {
            if (chosen.isPresent()) {
                throw failure;
            }
            return embedded("Docker cannot run %s here, and %s names no other image".formatted(DEFAULT_IMAGE, IMAGE));
        }
    }

    @SuppressWarnings("resource") // Lives as long as the JVM.
    private static PostgresServer container(String image) {
        PostgreSQLContainer container =
                new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"));
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        log.info("PostgreSQL for the tests: container of {}", image);
        return new PostgresServer(
                "jdbc:postgresql://%s:%d/"
                        .formatted(container.getHost(), container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT)),
                container.getUsername(),
                container.getPassword());
    }

    @SuppressWarnings("resource") // Stops with the JVM.
    private static PostgresServer embedded(String reason) {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start();
            log.info("PostgreSQL for the tests: embedded binaries, as {}", reason);
            return new PostgresServer(
                    "jdbc:postgresql://localhost:%d/".formatted(postgres.getPort()), "postgres", "postgres");
        } catch (IOException failure) {
            throw new UncheckedIOException("No PostgreSQL for the tests: " + reason, failure);
        }
    }

    private String newDatabase() {
        String name = "descent_" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(server + "postgres", user, password);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException failure) {
            throw new IllegalStateException("No database could be made on " + server, failure);
        }
        return server + name;
    }
}
