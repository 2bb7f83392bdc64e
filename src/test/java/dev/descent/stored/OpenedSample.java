package dev.descent.stored;

import dev.descent.DescentApplication;
import dev.descent.testing.DescentClient;
import dev.descent.testing.TemporaryHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The current service on a fresh copy of a sample; migrations added since then run when it starts. */
final class OpenedSample implements AutoCloseable {

    private final ConfigurableApplicationContext service;

    private OpenedSample(ConfigurableApplicationContext service) {
        this.service = service;
    }

    static OpenedSample open(Sample sample, String... options) throws IOException, SQLException {
        Path home = TemporaryHome.create();
        copy(sample.datasets(), home.resolve("datasets"));
        fill("jdbc:h2:file:" + home.resolve("descent"), sample.database());
        return new OpenedSample(new SpringApplicationBuilder(DescentApplication.class)
                .properties(options)
                .run("--server.port=0", "--descent.home=" + home));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void fill(String url, Path script) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "descent", "");
                Statement sql = connection.createStatement()) {
            sql.execute("runscript from '%s' charset 'UTF-8'".formatted(script));
            // Keys expire after a day.
            sql.execute("update idempotency_key set created_at = current_timestamp");
        }
    }

    DescentClient client() {
        return new DescentClient(Integer.parseInt(service.getEnvironment().getRequiredProperty("local.server.port")));
    }

    @Override
    public void close() {
        service.close();
    }
}
