package dev.descent.store;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The database's clock: it is the same for all processes that share the data, whatever their machines' clocks say.
 * Truncated to microseconds, the stored precision.
 */
final class DatabaseClock extends Clock {

    private final JdbcTemplate sql;
    private final String query;
    private final ZoneId zone;

    DatabaseClock(JdbcTemplate sql, Database database) {
        this(sql, "select " + database.timeNow(), ZoneOffset.UTC);
    }

    private DatabaseClock(JdbcTemplate sql, String query, ZoneId zone) {
        this.sql = sql;
        this.query = query;
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        OffsetDateTime now = sql.queryForObject(query, OffsetDateTime.class);
        if (now == null) {
            throw new IllegalStateException("The database does not know the time");
        }
        return now.toInstant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new DatabaseClock(sql, query, other);
    }
}
