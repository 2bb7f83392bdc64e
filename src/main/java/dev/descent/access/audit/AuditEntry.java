package dev.descent.access.audit;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.descent.core.Name;
import dev.descent.core.Names;
import dev.descent.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the audit log.
 *
 * @param sequence numbers all entries from 1, without gaps
 * @param previousHash that of the entry before; 64 zeros before the first
 * @param hash SHA-256 over the fields in the order of {@link #hash}, each as its length in bytes of UTF-8, a colon, its
 *     text and a comma; a null is a hyphen and a comma. The time is in microseconds since 1970
 */
record AuditEntry(
        @Name("object") String object,
        @Name("sequence") long sequence,
        @Name("at") Instant at,
        @Name("happening") @JsonUnwrapped Happening happening,
        @Name("previous_hash") String previousHash,
        @Name("hash") String hash) {

    /** What the first entry has in place of the hash of the one before. */
    static final String NONE_BEFORE = "0".repeat(64);

    AuditEntry(long sequence, Instant at, Happening happening, String previousHash, String hash) {
        this("audit.entry", sequence, at, happening, previousHash, hash);
    }

    static AuditEntry following(String previousHash, long sequence, Instant at, Happening happening) {
        return new AuditEntry(sequence, at, happening, previousHash, hash(previousHash, sequence, at, happening));
    }

    /** Whether it is what was written, as the entry with that number after the one with that hash. */
    boolean isIntact(long expectedSequence, String expectedPrevious) {
        return sequence == expectedSequence
                && previousHash.equals(expectedPrevious)
                && hash.equals(hash(previousHash, sequence, at, happening));
    }

    private static String hash(String previous, long sequence, Instant at, Happening happening) {
        MessageDigest digest = Sha256.start();
        for (@Nullable
        Object field : Arrays.<@Nullable Object>asList(
                previous,
                sequence,
                ChronoUnit.MICROS.between(Instant.EPOCH, at),
                Names.of(happening.event()),
                happening.begun(),
                happening.owner(),
                happening.credential(),
                happening.method(),
                happening.route(),
                happening.path(),
                happening.remoteAddress(),
                happening.status(),
                happening.resource(),
                happening.requests())) {
            digest.update(field == null ? ascii("-,") : netString(field.toString()));
        }
        return Sha256.end(digest);
    }

    private static byte[] netString(String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        return "%d:%s,".formatted(length, text).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
