package dev.descent.store;

import java.sql.SQLException;
import java.util.regex.Pattern;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * Explains in a sentence instead of a stack trace why the database cannot be opened: another process uses it, or it
 * does not respond.
 */
class NoDatabaseAnalyzer extends AbstractFailureAnalyzer<CannotGetJdbcConnectionException> {

    /** H2's DATABASE_ALREADY_OPEN_1. */
    private static final int ALREADY_OPEN = 90020;

    private static final Pattern FILE = Pattern.compile("^jdbc:h2:(file:)?");

    private final Environment environment;

    NoDatabaseAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CannotGetJdbcConnectionException cause) {
        String url = environment.getProperty("spring.datasource.url", "");
        if (cause.getCause() instanceof SQLException failure && failure.getErrorCode() == ALREADY_OPEN) {
            return inUse(url, cause);
        }
        return new FailureAnalysis(
                "The database %s can't be opened: %s".formatted(Database.withoutSecrets(url), message(cause)),
                "Check that it runs, and spring.datasource.url, spring.datasource.username and spring.datasource.password.",
                cause);
    }

    private FailureAnalysis inUse(String url, CannotGetJdbcConnectionException cause) {
        String file = FILE.matcher(Database.withoutSecrets(url)).replaceFirst("");
        String home = environment.getProperty("descent.home", "");
        boolean isInHome = file.equals(home + "/descent");
        return new FailureAnalysis(
                "The %s is in use by another process%s."
                        .formatted(
                                isInHome ? "data directory " + home : "database file " + file + ".mv.db",
                                isInHome ? " of Descent" : ""),
                "Stop the other process, or give this one a %s. Several processes on the same data need PostgreSQL."
                        .formatted(
                                isInHome
                                        ? "directory of its own with --descent.home"
                                        : "file of its own with --spring.datasource.url"),
                cause);
    }

    private static String message(CannotGetJdbcConnectionException cause) {
        Throwable failure = cause.getCause() == null ? cause : cause.getCause();
        return String.valueOf(failure.getMessage());
    }
}
