package dev.descent.faults;

import dev.descent.testing.TemporaryHome;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server that can be stopped and restarted on the same port and data. */
final class Postgres implements AutoCloseable {

    private final Path data = TemporaryHome.create().resolve("postgres");
    private final int port = freePort();
    private EmbeddedPostgres server = start();

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setServerConfig("max_connections", "200")
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void stop() {
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void startAgain() {
        server = start();
    }

    /** The options for a process that uses this database. */
    String[] options() {
        return new String[] {
            "spring.datasource.url=jdbc:postgresql://localhost:%d/postgres".formatted(port),
            "spring.datasource.username=postgres",
            "spring.datasource.password=postgres"
        };
    }

    /** Holds what a query has locked until it is closed. */
    interface Lock extends AutoCloseable {

        @Override
        void close() throws SQLException;
    }

    Lock lock(String query) throws SQLException {
        Connection connection = connect();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(query);
        }
        return connection::close;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:%d/postgres".formatted(port), "postgres", "postgres");
    }

    /** The single number returned by a query. */
    long count(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
