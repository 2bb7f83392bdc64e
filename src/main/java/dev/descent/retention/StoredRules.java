package dev.descent.retention;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The rules of each owner. */
@Component
class StoredRules {

    private final JdbcClient sql;

    StoredRules(JdbcClient sql) {
        this.sql = sql;
    }

    private record Row(
            @Nullable Integer newestVersions,
            @Nullable Integer unusedDays,
            @Nullable Integer failedJobDays) {}

    @Transactional(readOnly = true)
    public RetentionRules of(String owner) {
        return sql.sql("select newest_versions, unused_days, failed_job_days from retention_rules where owner = :owner")
                .param("owner", owner)
                .query(Row.class)
                .optional()
                .map(row -> new RetentionRules(row.newestVersions(), row.unusedDays(), row.failedJobDays()))
                .orElse(RetentionRules.NONE);
    }

    /** Fails for one of two who set an owner's first rules at once; a repetition then succeeds. */
    @Transactional
    public void set(String owner, RetentionRules rules) {
        sql.sql("delete from retention_rules where owner = :owner")
                .param("owner", owner)
                .update();
        if (!rules.equals(RetentionRules.NONE)) {
            sql.sql("""
                            insert into retention_rules (owner, newest_versions, unused_days, failed_job_days)
                            values (:owner, :versions, :unused, :failed)""")
                    .param("owner", owner)
                    .param("versions", rules.newestVersions(), java.sql.Types.INTEGER)
                    .param("unused", rules.unusedDays(), java.sql.Types.INTEGER)
                    .param("failed", rules.failedJobDays(), java.sql.Types.INTEGER)
                    .update();
        }
    }

    List<String> owners() {
        return sql.sql("select owner from retention_rules order by owner").query(String.class).list().stream()
                .map(Objects::requireNonNull)
                .toList();
    }
}
