package dev.descent.access.audit;

import dev.descent.core.Name;
import org.jspecify.annotations.Nullable;

/**
 * Whether the audit log is what was written.
 *
 * @param entries how many there should be
 * @param hash of the last one, which names the log as a whole
 * @param firstBroken the sequence number of the first entry that was changed, removed or put in; null if there is none
 */
record Verification(
        @Name("object") String object,
        @Name("entries") long entries,
        @Name("hash") String hash,
        @Name("valid") boolean valid,
        @Name("first_broken") @Nullable Long firstBroken) {

    Verification(long entries, String hash, @Nullable Long firstBroken) {
        this("audit.verification", entries, hash, firstBroken == null, firstBroken);
    }
}
