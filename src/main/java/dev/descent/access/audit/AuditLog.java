package dev.descent.access.audit;

import dev.descent.access.audit.Happening.Event;
import dev.descent.core.Names;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A chain of entries, to which all processes append one after another. Nothing changes or removes entries; who does so
 * in the database breaks the chain.
 */
@Service
class AuditLog {

    private static final int PAGE = 1_000;
    private static final int MOST_AT_ONCE = 100;
    private static final Map<String, Event> EVENTS =
            Arrays.stream(Event.values()).collect(Collectors.toMap(Names::of, Function.identity()));

    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final Lock writing = new ReentrantLock();

    AuditLog(JdbcClient sql, TransactionTemplate transaction, Clock clock) {
        this.sql = sql;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** How many entries there are, and the hash of the last. */
    private record Head(long entries, String hash, @Nullable Long last) {}

    /** Waits until it has its number, or cannot have one. */
    private record Waiting(Happening happening, CompletableFuture<Long> sequence) {}

    /**
     * Once this returns, the entry survives a crash. Whoever comes first writes for all who have come meanwhile, in one
     * transaction, so that many at once neither wait for as many commits nor take all connections to the database.
     *
     * @return its sequence number
     */
    long append(Happening happening) {
        Waiting mine = new Waiting(happening, new CompletableFuture<>());
        waiting.add(mine);
        writing.lock();
        try {
            // There may be more before it than are written at once.
            while (!mine.sequence().isDone()) {
                writeThoseWhoWait();
            }
        } finally {
            writing.unlock();
        }
        return mine.sequence().join();
    }

    private void writeThoseWhoWait() {
        List<Waiting> batch = new ArrayList<>();
        while (batch.size() < MOST_AT_ONCE && waiting.peek() != null) {
            batch.add(waiting.remove());
        }
        try {
            long last = Objects.requireNonNull(transaction.execute(
                    status -> write(batch.stream().map(Waiting::happening).toList())));
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).sequence().complete(last - batch.size() + 1 + i);
            }
        } catch (RuntimeException | Error failure) {
            batch.forEach(one -> one.sequence().completeExceptionally(failure));
        }
    }

    /** The sequence number of the last of them. */
    private long write(List<Happening> happenings) {
        // Locks the row, so that other processes wait for the end of the transaction.
        int known = sql.sql("update audit_head set entries = entries + :more where id = 1")
                .param("more", happenings.size())
                .update();
        if (known != 1) {
            throw new IllegalStateException("The head of the audit log is missing");
        }
        Head head = head().orElseThrow();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String hash = head.hash();
        long sequence = head.entries() - happenings.size();
        for (Happening happening : happenings) {
            AuditEntry entry = AuditEntry.following(hash, ++sequence, now, happening);
            insert(entry);
            hash = entry.hash();
        }
        sql.sql("update audit_head set hash = :hash where id = 1")
                .param("hash", hash)
                .update();
        return sequence;
    }

    private Optional<Head> head() {
        return sql.sql("""
                        select entries, hash, (select max(sequence) from audit_entry) as last
                        from audit_head where id = 1""")
                .query((row, number) ->
                        new Head(row.getLong("entries"), row.getString("hash"), row.getObject("last", Long.class)))
                .optional();
    }

    private void insert(AuditEntry entry) {
        Happening happening = entry.happening();
        sql.sql("""
                        insert into audit_entry
                          (sequence, at, event, begun, owner, credential, method, route, path, remote_address,
                           status, resource, requests, previous_hash, hash)
                        values (:sequence, :at, :event, :begun, :owner, :credential, :method, :route, :path, :remote,
                           :status, :resource, :requests, :previous, :hash)""")
                .param("sequence", entry.sequence())
                .param("at", OffsetDateTime.ofInstant(entry.at(), ZoneOffset.UTC))
                .param("event", Names.of(happening.event()))
                .param("begun", happening.begun(), Types.BIGINT)
                .param("owner", happening.owner(), Types.VARCHAR)
                .param("credential", happening.credential(), Types.VARCHAR)
                .param("method", happening.method(), Types.VARCHAR)
                .param("route", happening.route(), Types.VARCHAR)
                .param("path", happening.path(), Types.VARCHAR)
                .param("remote", happening.remoteAddress(), Types.VARCHAR)
                .param("status", happening.status(), Types.INTEGER)
                .param("resource", happening.resource(), Types.VARCHAR)
                .param("requests", happening.requests())
                .param("previous", entry.previousHash())
                .param("hash", entry.hash())
                .update();
    }

    /**
     * Newest first.
     *
     * @param owner null for those of all
     */
    List<AuditEntry> list(@Nullable String owner, long before, int limit) {
        return sql.sql("""
                        select * from audit_entry
                        where sequence < :before and (:everyone or owner = :owner)
                        order by sequence desc limit :limit""")
                .param("before", before)
                .param("everyone", owner == null)
                .param("owner", owner == null ? "" : owner)
                .param("limit", limit)
                .query(AuditLog::entry)
                .list();
    }

    /** Reads all entries that there are now, some at a time; others may be appended meanwhile. */
    Verification verify() {
        Head head = head().orElse(null);
        if (head == null) {
            return new Verification(0, AuditEntry.NONE_BEFORE, 1L);
        }
        String hash = AuditEntry.NONE_BEFORE;
        long sequence = 0;
        while (sequence < head.entries()) {
            List<AuditEntry> page = page(sequence, head.entries());
            for (AuditEntry entry : page) {
                if (!entry.isIntact(sequence + 1, hash)) {
                    return new Verification(head.entries(), head.hash(), sequence + 1);
                }
                sequence = entry.sequence();
                hash = entry.hash();
            }
            if (page.isEmpty()) {
                return new Verification(head.entries(), head.hash(), sequence + 1);
            }
        }
        return new Verification(head.entries(), head.hash(), brokenEnd(head, hash));
    }

    /** What is wrong where all entries are as they were written. */
    private static @Nullable Long brokenEnd(Head head, String hash) {
        if (head.last() != null && head.last() > head.entries()) {
            return head.entries() + 1;
        }
        return head.hash().equals(hash) ? null : Math.max(1, head.entries());
    }

    private List<AuditEntry> page(long after, long last) {
        return sql.sql("""
                        select * from audit_entry where sequence > :after and sequence <= :last
                        order by sequence limit :limit""")
                .param("after", after)
                .param("last", last)
                .param("limit", PAGE)
                .query(AuditLog::entry)
                .list();
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        Happening happening = new Happening(
                Objects.requireNonNull(EVENTS.get(row.getString("event"))),
                row.getObject("begun", Long.class),
                row.getString("owner"),
                row.getString("credential"),
                row.getString("method"),
                row.getString("route"),
                row.getString("path"),
                row.getString("remote_address"),
                row.getObject("status", Integer.class),
                row.getString("resource"),
                row.getInt("requests"));
        return new AuditEntry(
                row.getLong("sequence"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                happening,
                row.getString("previous_hash"),
                row.getString("hash"));
    }
}
