package dev.descent.access;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * How long a client may still keep the server waiting. Every byte that it sends or takes buys it a moment, up to what it
 * began with: a client that is fast enough may go on for hours, and no earlier haste pays for a crawl.
 */
final class Patience {

    private static final double NANOS = 1e9;

    private final double most;
    private final double nanosPerByte;
    private double left;

    /**
     * @param most the longest wait without a byte
     * @param leastRate the bytes of each second that never exhaust it
     */
    Patience(Duration most, DataSize leastRate) {
        this.most = most.toNanos();
        this.nanosPerByte = NANOS / Math.max(1, leastRate.toBytes());
        this.left = this.most;
    }

    /** Counts bytes that took a time to come or go; false if the client has become too slow. */
    boolean endures(long nanos, long bytes) {
        left = Math.min(most, left - nanos + bytes * nanosPerByte);
        return left >= 0;
    }
}
