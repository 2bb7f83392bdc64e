package dev.descent.access.audit;

import dev.descent.ticker.Ticker;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Writes refused requests down, so many a minute one by one and the others as a number, so that a stranger cannot fill
 * the disk.
 */
@Component
class RefusedRequests implements DisposableBean {

    static final int ONE_BY_ONE = 60;
    static final Duration PERIOD = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(RefusedRequests.class);

    private final AuditLog audit;
    private final LongSupplier nanoTime;
    private long since;
    private int written;
    private int others;

    @Autowired
    @SuppressWarnings("FutureReturnValueIgnored") // It ends with the ticker.
    RefusedRequests(AuditLog audit, Ticker ticker) {
        this(audit, System::nanoTime);
        ticker.repeatLater(this::countOthers, PERIOD);
    }

    RefusedRequests(AuditLog audit, LongSupplier nanoTime) {
        this.audit = audit;
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    void add(Happening refused) {
        if (isOneOfTheFirst()) {
            append(refused);
        }
    }

    private synchronized boolean isOneOfTheFirst() {
        long now = nanoTime.getAsLong();
        if (now - since >= PERIOD.toNanos()) {
            since = now;
            written = 0;
        }
        boolean isFirst = written < ONE_BY_ONE;
        if (isFirst) {
            written++;
        } else if (others < Integer.MAX_VALUE) {
            others++;
        }
        return isFirst;
    }

    /** Writes down how many were refused beside those written one by one. */
    void countOthers() {
        int count = takeOthers();
        if (count > 0) {
            append(Happening.refusedMore(count));
        }
    }

    private synchronized int takeOthers() {
        int count = others;
        others = 0;
        return count;
    }

    /** The requests are refused whether this can be written down or not. */
    private void append(Happening refused) {
        try {
            audit.append(refused);
        } catch (RuntimeException failure) {
            log.warn("{} refused, which the audit log does not have: {}", refused.requests(), failure.getMessage());
        }
    }

    @Override
    public void destroy() {
        countOthers();
    }
}
