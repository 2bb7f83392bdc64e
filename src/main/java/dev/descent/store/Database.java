package dev.descent.store;

import dev.descent.problem.StartRefusedException;
import java.util.Arrays;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.core.env.PropertyResolver;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** The supported databases. */
public enum Database {
    /** Embedded: its file belongs to a single process. */
    H2("jdbc:h2:", "clob", "blob", "current_timestamp(6)"),
    /** A separate server that several processes may share. */
    POSTGRESQL("jdbc:postgresql:", "text", "bytea", "clock_timestamp()");

    private static final String URL = "spring.datasource.url";

    private final String scheme;
    private final String textType;
    private final String binaryType;
    private final String timeNow;

    Database(String scheme, String textType, String binaryType, String timeNow) {
        this.scheme = scheme;
        this.textType = textType;
        this.binaryType = binaryType;
        this.timeNow = timeNow;
    }

    /**
     * The configured one, without opening it.
     *
     * @throws StartRefusedException if it is not supported
     */
    public static Database of(PropertyResolver settings) {
        String url = settings.getProperty(URL, "");
        return Arrays.stream(values())
                .filter(database -> url.startsWith(database.scheme))
                .findFirst()
                .orElseThrow(() -> new StartRefusedException(
                        url.isBlank()
                                ? "%s is empty.".formatted(URL)
                                : "%s is %s, which is neither H2 nor PostgreSQL.".formatted(URL, withoutSecrets(url)),
                        "Leave it out for the embedded database, or set it to jdbc:postgresql://host/database."));
    }

    private static final Pattern CREDENTIALS = Pattern.compile("//[^/@]*+@");

    /** Credentials may precede the host or follow the database name. */
    static String withoutSecrets(String url) {
        return CREDENTIALS.matcher(url.split("[?;]", 2)[0]).replaceFirst("//");
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
