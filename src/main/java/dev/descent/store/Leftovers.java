package dev.descent.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * What deleted rows leave behind in the file of an embedded database: it keeps their bytes until it happens to use their
 * place for others. Whoever deletes something announces it, and the next orderly stop writes the file anew. A mark on
 * disk remembers that beyond a crash.
 */
public final class Leftovers implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

    private final @Nullable Path databaseFile;
    private final Path mark;
    private final Login login;

    /** @param databaseFile null if there is no embedded database */
    Leftovers(@Nullable Path databaseFile, Path home, Login login) {
        this.databaseFile = databaseFile;
        this.mark = home.resolve("descent.leftovers");
        this.login = login;
    }

    record Login(String url, String user, String password) {}

    /** Called in the transaction that deletes something. */
    public void expect() {
        if (databaseFile != null && !Files.exists(mark)) {
            try {
                OwnerOnly.file(mark);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /**
     * After the connections have been closed. If it is cut off, the old file stays, with the mark.
     *
     * <p>H2 writes a new file and then renames it.
     */
    @Override
    public void destroy() {
        if (databaseFile == null || !Files.exists(mark)) {
            return;
        }
        try {
            long before = Files.size(databaseFile);
            if (Files.getFileStore(databaseFile).getUsableSpace() < before) {
                log.warn("What was deleted stays in {} until there is space for a copy of it", databaseFile);
                return;
            }
            long start = System.nanoTime();
            compact();
            OwnerOnly.tighten(Objects.requireNonNull(mark.toAbsolutePath().getParent()));
            Files.delete(mark);
            log.info(
                    "Wrote the database without what was deleted: {} kB, {} kB before, in {} ms",
                    Files.size(databaseFile) >> 10,
                    before >> 10,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        } catch (IOException | SQLException failure) {
            log.warn("What was deleted stays in {} until the next stop: {}", databaseFile, failure.toString());
        }
    }

    private void compact() throws SQLException {
        try (Connection connection = DriverManager.getConnection(login.url(), login.user(), login.password());
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown compact");
        }
    }
}
