package dev.descent.access.key;

import dev.descent.core.Names;
import dev.descent.principal.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The rows of keys and sessions. */
@Repository
class ApiKeyStore {

    private static final String SEPARATOR = " ";

    private final JdbcClient sql;

    ApiKeyStore(JdbcClient sql) {
        this.sql = sql;
    }

    void add(ApiKey key) {
        sql.sql("""
                        insert into api_key
                          (id, kind, name, owner, scopes, secret_hash, made_from, created_at, expires_at)
                        values (:id, :kind, :name, :owner, :scopes, :hash, :madeFrom, :createdAt, :expiresAt)""")
                .param("id", key.id())
                .param("kind", Names.of(key.kind()))
                .param("name", key.name())
                .param("owner", key.owner())
                .param("scopes", key.scopes().stream().map(Names::of).sorted().collect(Collectors.joining(SEPARATOR)))
                .param("hash", key.secretHash())
                .param("madeFrom", key.madeFrom(), java.sql.Types.VARCHAR)
                .param("createdAt", utc(key.createdAt()))
                .param("expiresAt", utc(key.expiresAt()), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    /** Of any kind. */
    Optional<ApiKey> find(String id) {
        return sql.sql("select * from api_key where id = :id")
                .param("id", id)
                .query(ApiKeyStore::key)
                .optional();
    }

    /**
     * Keys of clients, newest first.
     *
     * @param owner null for those of all
     */
    List<ApiKey> list(@Nullable String owner, String before, int limit) {
        return sql.sql("""
                        select * from api_key
                        where kind <> 'session' and id < :before and (:everyone or owner = :owner)
                        order by id desc limit :limit""")
                .param("before", before)
                .param("everyone", owner == null)
                .param("owner", owner == null ? "" : owner)
                .param("limit", limit)
                .query(ApiKeyStore::key)
                .list();
    }

    /** Adds a key in the place of another, which ends then unless it ends before. */
    @Transactional
    public void replace(ApiKey old, Instant end, ApiKey key) {
        add(key);
        sql.sql("update api_key set expires_at = :end where id = :id and (expires_at is null or expires_at > :end)")
                .param("end", utc(end))
                .param("id", old.id())
                .update();
    }

    void used(String id, Instant at) {
        sql.sql("update api_key set last_used_at = :at where id = :id")
                .param("at", utc(at))
                .param("id", id)
                .update();
    }

    /** Together with the sessions made from it. */
    void remove(String id) {
        sql.sql("delete from api_key where id = :id or made_from = :id")
                .param("id", id)
                .update();
    }

    /** Those of one credential that are older than its newest ones. */
    void removeOldSessions(String madeFrom, int kept) {
        sql.sql("""
                        delete from api_key where kind = 'session' and made_from = :from and id not in (
                          select id from api_key where kind = 'session' and made_from = :from
                          order by id desc limit :kept)""").param("from", madeFrom).param("kept", kept).update();
    }

    void removeSessionsExpiredBefore(Instant time) {
        sql.sql("delete from api_key where kind = 'session' and expires_at < :time")
                .param("time", utc(time))
                .update();
    }

    private static ApiKey key(ResultSet row, int number) throws SQLException {
        return new ApiKey(
                row.getString("id"),
                Names.constant(ApiKey.Kind.class, row.getString("kind")),
                row.getString("name"),
                row.getString("owner"),
                scopes(row.getString("scopes")),
                row.getString("secret_hash"),
                row.getString("made_from"),
                instant(row, "created_at", Instant.EPOCH),
                instant(row, "expires_at", null),
                instant(row, "last_used_at", null));
    }

    private static Set<Scope> scopes(String names) {
        return Arrays.stream(names.split(SEPARATOR))
                .map(name -> Names.constant(Scope.class, name))
                .collect(Collectors.toUnmodifiableSet());
    }

    @SuppressWarnings("NullAway") // Null in, null out.
    private static Instant instant(ResultSet row, String column, @Nullable Instant otherwise) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? otherwise : time.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
