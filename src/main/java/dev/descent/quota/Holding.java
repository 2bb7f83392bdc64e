package dev.descent.quota;

import java.util.function.ToLongFunction;

/**
 * Something that owners have in the store, counted where it is stored.
 *
 * @param limit that the feature itself sets; 0 if it sets none
 * @param amount of an owner: bytes or a number of jobs
 */
public record Holding(Kind kind, long limit, ToLongFunction<String> amount) {

    public Holding(Kind kind, ToLongFunction<String> amount) {
        this(kind, 0, amount);
    }

    public enum Kind {
        DATASET_BYTES(true),
        MODEL_BYTES(true),
        CHECKPOINT_BYTES(true),
        /** Those that wait, in the queue or paused. */
        QUEUED_JOBS(false),
        RUNNING_JOBS(false);

        private final boolean isStorage;

        Kind(boolean isStorage) {
            this.isStorage = isStorage;
        }

        public boolean isStorage() {
            return isStorage;
        }
    }

    public long of(String owner) {
        return amount.applyAsLong(owner);
    }
}
