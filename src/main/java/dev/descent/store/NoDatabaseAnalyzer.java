package dev.descent.store;

import java.sql.SQLException;
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

    private final Environment environment;

    NoDatabaseAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CannotGetJdbcConnectionException cause) {
        if (cause.getCause() instanceof SQLException failure && failure.getErrorCode() == ALREADY_OPEN) {
            return new FailureAnalysis(
                    "The data directory %s is in use by another process of Descent."
                            .formatted(environment.getProperty("descent.home")),
                    "Stop the other process, or give this one a directory of its own with --descent.home. Several processes on the same data need PostgreSQL.",
                    cause);
        }
        String url = String.valueOf(environment.getProperty("spring.datasource.url"));
        return new FailureAnalysis(
                // The part after the database name may contain a password.
                "The database %s can't be opened: %s".formatted(url.split("[?;]", 2)[0], message(cause)),
                "Check that it runs, and spring.datasource.url, spring.datasource.username and spring.datasource.password.",
                cause);
    }

    private static String message(CannotGetJdbcConnectionException cause) {
        Throwable failure = cause.getCause() == null ? cause : cause.getCause();
        return String.valueOf(failure.getMessage());
    }
}
