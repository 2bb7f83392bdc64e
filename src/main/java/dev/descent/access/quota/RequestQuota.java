package dev.descent.access.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** So many requests of an owner a minute, to this process. An owner who asks nothing for a minute has them all again. */
@Component
class RequestQuota {

    static final Duration PERIOD = Duration.ofMinutes(1);

    private static final int MOST_KNOWN = 100_000;

    private final int quota;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_KNOWN)
            .expireAfterAccess(PERIOD)
            .build();

    RequestQuota(QuotaProperties properties) {
        this.quota = properties.requestsPerMinute();
    }

    /** 0 means without limit. */
    int quota() {
        return quota;
    }

    ConsumptionProbe take(String owner) {
        return bucket(owner).tryConsumeAndReturnRemaining(1);
    }

    /** Of the last minute. */
    long used(String owner) {
        Bucket known = quota == 0 ? null : buckets.getIfPresent(owner);
        return known == null ? 0 : quota - known.getAvailableTokens();
    }

    private Bucket bucket(String owner) {
        return buckets.get(
                owner,
                unknown -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(quota).refillGreedy(quota, PERIOD))
                        .build());
    }
}
