package dev.descent.dataset;

import dev.descent.store.UseTimes;
import dev.descent.ticker.Ticker;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.ScheduledFuture;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When each dataset was last used: by a job, or by a client that looks at its rows. */
@Component
class DatasetUseTimes implements DisposableBean {

    private final JdbcClient sql;
    private final Clock clock;
    private final UseTimes<String> times = new UseTimes<>(this::store);
    private final ScheduledFuture<?> writing;

    DatasetUseTimes(JdbcClient sql, Clock clock, Ticker ticker) {
        this.sql = sql;
        this.clock = clock;
        this.writing = ticker.repeatLater(times::write, UseTimes.PAUSE);
    }

    void used(String id) {
        times.used(id);
    }

    void write() {
        times.write();
    }

    private void store(String id) {
        OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        int known = sql.sql("update dataset_use set used_at = :now where dataset_id = :id")
                .param("now", now)
                .param("id", id)
                .update();
        if (known == 0) {
            try {
                // Nothing, if it has been deleted.
                sql.sql("""
                                insert into dataset_use (dataset_id, used_at)
                                select id, cast(:now as timestamp(6) with time zone) from dataset where id = :id""").param("now", now).param("id", id).update();
            } catch (DuplicateKeyException otherProcessWasFirst) {
                // With the same time, as far as that matters.
            }
        }
    }

    @Override
    public void destroy() {
        writing.cancel(false);
        times.write();
    }
}
