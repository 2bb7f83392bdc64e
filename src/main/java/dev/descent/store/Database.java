package dev.descent.store;

import javax.sql.DataSource;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** The supported databases. */
public enum Database {
    /** Embedded: its file belongs to a single process. */
    H2("clob", "blob", "current_timestamp(6)"),
    /** A separate server that several processes may share. */
    POSTGRESQL("text", "bytea", "clock_timestamp()");

    private final String textType;
    private final String binaryType;
    private final String timeNow;

    Database(String textType, String binaryType, String timeNow) {
        this.textType = textType;
        this.binaryType = binaryType;
        this.timeNow = timeNow;
    }

    static Database of(DataSource dataSource) throws MetaDataAccessException {
        String product = JdbcUtils.extractDatabaseMetaData(dataSource, meta -> meta.getDatabaseProductName());
        return switch (DatabaseDriver.fromProductName(product)) {
            case H2 -> H2;
            case POSTGRESQL -> POSTGRESQL;
            default -> throw new IllegalStateException("Descent runs on H2 or PostgreSQL, not on " + product);
        };
    }

    /** Whether no other process can be using the same data. */
    public boolean isExclusive() {
        return this == H2;
    }

    /** The SQL expression for the current time. */
    String timeNow() {
        return timeNow;
    }

    String textType() {
        return textType;
    }

    String binaryType() {
        return binaryType;
    }
}
