package dev.descent.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says in a sentence, rather than with a stack trace, that another process has the embedded database. */
class DatabaseInUseAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    /** H2's DATABASE_ALREADY_OPEN_1. */
    private static final int ALREADY_OPEN = 90020;

    private final Environment environment;

    DatabaseInUseAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        if (cause.getErrorCode() != ALREADY_OPEN) {
            return null;
        }
        return new FailureAnalysis(
                "The data directory %s is in use by another process of Descent."
                        .formatted(environment.getProperty("descent.home")),
                "Stop the other process, or give this one a directory of its own with --descent.home. Several processes on the same data need PostgreSQL.",
                cause);
    }
}
