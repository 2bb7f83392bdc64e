package dev.descent.model;

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

/** When each version last predicted. */
@Component
class ModelUseTimes implements DisposableBean {

    private final JdbcClient sql;
    private final Clock clock;
    private final UseTimes<ModelVersionId> times = new UseTimes<>(this::store);
    private final ScheduledFuture<?> writing;

    ModelUseTimes(JdbcClient sql, Clock clock, Ticker ticker) {
        this.sql = sql;
        this.clock = clock;
        this.writing = ticker.repeatLater(times::write, UseTimes.PAUSE);
    }

    void used(ModelVersionId id) {
        times.used(id);
    }

    void write() {
        times.write();
    }

    private void store(ModelVersionId id) {
        OffsetDateTime now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        int known = sql.sql(
                        "update model_version_use set used_at = :now where model_id = :model and version = :version")
                .param("now", now)
                .param("model", id.modelId())
                .param("version", id.version())
                .update();
        if (known == 0) {
            try {
                // Nothing, if it has been deleted.
                sql.sql("""
                                insert into model_version_use (model_id, version, used_at)
                                select model_id, version, cast(:now as timestamp(6) with time zone) from model_version
                                where model_id = :model and version = :version""")
                        .param("now", now)
                        .param("model", id.modelId())
                        .param("version", id.version())
                        .update();
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
